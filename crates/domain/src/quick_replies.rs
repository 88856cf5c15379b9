//! What an edit of a quick reply reaches (decisions, A7): a member changes it for the numbers in their scope; on the others
//! it stays as it was.

/// On how many numbers a reply is visible, in all and within the editor's scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visibility {
    pub total: u64,
    pub in_scope: u64,
    /// Whether the editor's scope is the whole organization, present and future numbers alike.
    pub scope_is_all: bool,
    /// Whether the reply is meant for every number, future ones too.
    pub everywhere: bool,
}

/// How an edit is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Nobody else sees the reply: it is changed as it stands.
    InPlace,
    /// It stays for the numbers beyond the scope, and the changed one is another reply for those within.
    Split,
}

/// Decide how an edit is carried out.
pub fn edit(visibility: Visibility) -> Edit {
    let beyond = visibility.everywhere || visibility.in_scope < visibility.total;
    if visibility.scope_is_all || !beyond { Edit::InPlace } else { Edit::Split }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_never_reaches_numbers_beyond_the_editors_scope() {
        let seen = |total, in_scope, scope_is_all, everywhere| Visibility { total, in_scope, scope_is_all, everywhere };
        for (visibility, expected) in [
            (seen(3, 3, false, false), Edit::InPlace),
            (seen(3, 2, false, false), Edit::Split),
            (seen(3, 3, true, false), Edit::InPlace),
            (seen(3, 3, true, true), Edit::InPlace),
            (seen(2, 2, false, true), Edit::Split),
            (seen(0, 0, true, true), Edit::InPlace),
        ] {
            assert_eq!(edit(visibility), expected, "{visibility:?}");
        }
    }
}
