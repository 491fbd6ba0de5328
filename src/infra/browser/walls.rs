//! What is put around a stranger's page: the policy that a browser gets with it, and a memory for pages without an origin.

/// Only what stands in the game itself, which is all on the arena, and pictures and sounds that its script draws. Scripts
/// may be put together from text (`unsafe-eval`): engines for games do that, and a script that is a stranger's anyway
/// gains nothing by it. No workers: their own requests would stand outside this page's rules in older browsers. No
/// connection of any kind, not even to the arena. Forms may be filled in, but are sent nowhere.
pub fn policy_of_games(arena: &str, framing: &str) -> String {
    format!(
        "default-src 'none'; script-src {arena} 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob: data:; \
         style-src {arena} 'unsafe-inline'; img-src {arena} data: blob:; font-src {arena} data:; \
         media-src {arena} data: blob:; connect-src 'none'; worker-src 'none'; frame-src 'none'; object-src 'none'; \
         manifest-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors {framing}; \
         sandbox allow-scripts allow-forms"
    )
}

/// Goes before a game's own page. A page without an origin may not keep anything: reading `localStorage` breaks its
/// script off. Games that keep their best score there get a memory that ends with the game.
const MEMORY: &str = "<script>(()=>{const m=()=>{const d=new Map();return{getItem:k=>d.has(k+='')?d.get(k):null,\
setItem:(k,v)=>{d.set(k+'',v+'')},removeItem:k=>{d.delete(k+'')},clear:()=>d.clear(),key:n=>[...d.keys()][n]??null,\
get length(){return d.size}}};for(const n of['localStorage','sessionStorage'])try{void window[n]}catch{\
Object.defineProperty(window,n,{value:m(),configurable:true})}try{void document.cookie}catch{\
Object.defineProperty(document,'cookie',{get:()=>'',set:()=>{},configurable:true})}})()</script>";

/// A game's own page with that memory.
pub fn with_memory(page: &[u8]) -> Vec<u8> {
    let (before, after) = page.split_at(after_doctype(page));
    [before, MEMORY.as_bytes(), after].concat()
}

/// Before the doctype it would change how the whole page is drawn.
fn after_doctype(page: &[u8]) -> usize {
    let head = page.get(..page.len().min(1024)).unwrap_or_default().to_ascii_lowercase();
    let start = head.windows(9).position(|window| window == b"<!doctype");
    let end =
        start.and_then(|start| Some(start + head.get(start..)?.iter().position(|byte| *byte == b'>')? + 1));
    end.unwrap_or(if page.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_goes_behind_the_doctype() {
        for (page, at) in [
            (&b"<!DOCTYPE html><p>"[..], 15),
            (b"<!-- words --><!doctype html>\n<p>", 29),
            (b"<html>", 0),
            (b"\xef\xbb\xbf<html>", 3),
            (b"<!doctype", 0),
            (b"", 0),
        ] {
            assert_eq!(after_doctype(page), at, "{page:?}");
        }
    }
}
