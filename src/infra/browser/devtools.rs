//! The protocol that browsers are driven with (<https://chromedevtools.github.io/devtools-protocol/>), as far as it is needed.

use std::{collections::VecDeque, time::Duration};

use serde_json::{Value, json};

use crate::infra::tools::{Talk, ToolError};

/// An answer to a command comes at once or not at all.
const ANSWERS_WITHIN: Duration = Duration::from_secs(30);

pub struct DevTools {
    talk: Talk,
    last_id: u64,
    /// Of the page that is looked at.
    session: Option<String>,
    /// What happened while an answer was waited for.
    events: VecDeque<Value>,
}

impl DevTools {
    pub fn new(talk: Talk) -> Self {
        Self { talk, last_id: 0, session: None, events: VecDeque::new() }
    }

    /// Opens an empty page; commands go to it from then on.
    pub fn open_page(&mut self) -> Result<(), ToolError> {
        let page = self.ask("Target.createTarget", json!({ "url": "about:blank" }))?;
        let target = page.get("targetId").cloned().unwrap_or_default();
        let attached = self.ask("Target.attachToTarget", json!({ "targetId": target, "flatten": true }))?;
        self.session = attached.get("sessionId").and_then(Value::as_str).map(str::to_owned);
        Ok(())
    }

    /// A command whose answer does not matter.
    pub fn tell(&mut self, method: &str, params: Value) -> Result<u64, ToolError> {
        self.last_id += 1;
        let mut message = json!({ "id": self.last_id, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.talk.say(message.to_string().as_bytes())?;
        Ok(self.last_id)
    }

    /// A command and its result. What happens meanwhile is kept for [`Self::next_event`].
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, ToolError> {
        let answer = self.ask_within(ANSWERS_WITHIN, method, params)?;
        answer.ok_or_else(|| failed(format!("{method}: no answer")))
    }

    /// The same of a page that may be too busy with itself to answer: nothing when nothing came for so long.
    pub fn ask_within(
        &mut self,
        patience: Duration,
        method: &str,
        params: Value,
    ) -> Result<Option<Value>, ToolError> {
        let id = self.tell(method, params)?;
        while let Some(message) = self.hear(patience)? {
            if message.get("id").and_then(Value::as_u64) != Some(id) {
                self.keep(message);
            } else if let Some(result) = message.get("result") {
                return Ok(Some(result.clone()));
            } else {
                return Err(failed(format!("{method}: {}", message.get("error").unwrap_or(&Value::Null))));
            }
        }
        Ok(None)
    }

    /// What happened next; nothing when nothing did for so long.
    pub fn next_event(&mut self, patience: Duration) -> Result<Option<Value>, ToolError> {
        if let Some(event) = self.events.pop_front() {
            return Ok(Some(event));
        }
        while let Some(message) = self.hear(patience)? {
            if message.get("method").is_some() {
                return Ok(Some(message));
            }
        }
        Ok(None)
    }

    fn keep(&mut self, message: Value) {
        if message.get("method").is_some() {
            self.events.push_back(message);
        }
    }

    fn hear(&mut self, patience: Duration) -> Result<Option<Value>, ToolError> {
        let message = self.talk.hear(patience)?;
        message
            .map(|message| serde_json::from_slice(&message).map_err(|error| failed(error.to_string())))
            .transpose()
    }
}

fn failed(said: String) -> ToolError {
    ToolError::Failed { program: "chromium".to_owned(), said }
}
