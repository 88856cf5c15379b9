//! Endpoints as constants: method, path, body and reply in one value that the browser app and the HTTP tests share.

use std::{fmt::Display, marker::PhantomData};

/// An HTTP method the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// One operation of the API: what it takes and what it answers.
#[derive(Debug)]
pub struct Endpoint<Body, Reply> {
    pub method: Method,
    /// The path with its parameters in braces, as the OpenAPI document has it.
    pub path: &'static str,
    types: PhantomData<fn(Body) -> Reply>,
}

impl<Body, Reply> Clone for Endpoint<Body, Reply> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Body, Reply> Copy for Endpoint<Body, Reply> {}

impl<Body, Reply> Endpoint<Body, Reply> {
    pub const fn new(method: Method, path: &'static str) -> Self {
        Self { method, path, types: PhantomData }
    }

    pub const fn get(path: &'static str) -> Self {
        Self::new(Method::Get, path)
    }

    pub const fn post(path: &'static str) -> Self {
        Self::new(Method::Post, path)
    }

    pub const fn put(path: &'static str) -> Self {
        Self::new(Method::Put, path)
    }

    pub const fn delete(path: &'static str) -> Self {
        Self::new(Method::Delete, path)
    }

    /// The path with its braces filled in order; ids need no escaping.
    pub fn at(&self, parameters: &[&dyn Display]) -> String {
        let mut filled = String::with_capacity(self.path.len() + 40);
        let mut values = parameters.iter();
        for segment in self.path.split('/').skip(1) {
            filled.push('/');
            match (segment.starts_with('{'), values.next_if_placeholder(segment)) {
                (true, Some(value)) => filled.push_str(&value.to_string()),
                _ => filled.push_str(segment),
            }
        }
        filled
    }
}

trait NextIfPlaceholder<'a> {
    fn next_if_placeholder(&mut self, segment: &str) -> Option<&'a &'a dyn Display>;
}

impl<'a> NextIfPlaceholder<'a> for std::slice::Iter<'a, &'a dyn Display> {
    fn next_if_placeholder(&mut self, segment: &str) -> Option<&'a &'a dyn Display> {
        if segment.starts_with('{') { self.next() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_filled_in_order() {
        let endpoint = Endpoint::<(), ()>::get("/api/v1/tickets/{id}/messages/{message_id}");
        assert_eq!(endpoint.at(&[&7, &"x"]), "/api/v1/tickets/7/messages/x");
    }
}
