use std::{future::Future, pin::Pin, sync::Arc};

use actix_web::{FromRequest, HttpRequest, dev::Payload};

use crate::{
    features::{
        accounts::{Person, policy::tree_keeper},
        units::TreeKeeper,
    },
    web::{
        error::WebError,
        visitor::{SignedIn, Visitor},
    },
};

/// Proof that an administrator asks, and that they may change the tree.
pub struct Administrator {
    pub visitor: Visitor,
    pub person: Arc<Person>,
    pub keeper: TreeKeeper,
}

impl FromRequest for Administrator {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let signed = SignedIn::from_request(request, payload);
        Box::pin(async move {
            let SignedIn { visitor, person } = signed.await?;
            let keeper = tree_keeper(&person).ok_or(WebError::Forbidden)?;
            Ok(Self { visitor, person, keeper })
        })
    }
}
