//! Messages: how far one came. Webhooks report it late, twice and out of order, and the report must not notice.

use types::messages::MessageStatus;

/// The status a message has after a report about it, or None when the report tells nothing new.
///
/// Every status has a rank and a message only climbs: read before delivered stays read, failed may come after sent but
/// never after delivered, and a send whose outcome was unknown is settled by whatever WhatsApp reports. Because the
/// highest rank wins, the order of the reports makes no difference.
pub fn advance(current: MessageStatus, incoming: MessageStatus) -> Option<MessageStatus> {
    match (rank(current), rank(incoming)) {
        (Some(current), Some(new)) if new > current => Some(incoming),
        (Some(_), Some(_)) | (None, _) | (_, None) => None,
    }
}

/// Where a status stands on the way; None for a contact's own message, which goes nowhere.
///
/// Cancelled stands before accepted: when WhatsApp reports on a message that was cancelled too late, WhatsApp is right.
pub fn rank(status: MessageStatus) -> Option<u8> {
    match status {
        MessageStatus::Received => None,
        MessageStatus::Queued => Some(0),
        MessageStatus::Sending => Some(1),
        MessageStatus::Unconfirmed => Some(2),
        MessageStatus::Cancelled => Some(3),
        MessageStatus::Accepted => Some(4),
        MessageStatus::Sent => Some(5),
        MessageStatus::Failed => Some(6),
        MessageStatus::Delivered => Some(7),
        MessageStatus::Read => Some(8),
    }
}

/// Whether the message may still be sent by us: it waits, or is on its way.
pub fn is_underway(status: MessageStatus) -> bool {
    match status {
        MessageStatus::Queued | MessageStatus::Sending => true,
        MessageStatus::Received
        | MessageStatus::Unconfirmed
        | MessageStatus::Accepted
        | MessageStatus::Sent
        | MessageStatus::Delivered
        | MessageStatus::Read
        | MessageStatus::Failed
        | MessageStatus::Cancelled => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use MessageStatus::{Accepted, Delivered, Failed, Queued, Read, Received, Sending, Sent, Unconfirmed};
    use proptest::prelude::*;
    use strum::IntoEnumIterator;

    fn settle(start: MessageStatus, reports: &[MessageStatus]) -> MessageStatus {
        reports.iter().fold(start, |status, report| advance(status, *report).unwrap_or(status))
    }

    #[test]
    fn a_message_ends_where_its_reports_say() {
        for (start, reports, end) in [
            (Queued, &[Sending, Accepted, Sent, Delivered, Read][..], Read),
            (Accepted, &[Read, Delivered, Sent], Read),
            (Accepted, &[Sent, Failed], Failed),
            (Accepted, &[Failed, Sent], Failed),
            (Accepted, &[Delivered, Failed], Delivered),
            (Accepted, &[Failed, Delivered], Delivered),
            (Accepted, &[Read, Failed], Read),
            (Sending, &[Sent], Sent),
            (Unconfirmed, &[Delivered], Delivered),
            (Unconfirmed, &[Failed], Failed),
            (Unconfirmed, &[Accepted], Accepted),
            (Sent, &[Accepted, Unconfirmed, Sending, Queued], Sent),
            (Received, &[Sent, Delivered, Read, Failed], Received),
        ] {
            assert_eq!(settle(start, reports), end, "{start} then {reports:?}");
        }
    }

    fn statuses() -> impl Strategy<Value = Vec<MessageStatus>> {
        proptest::collection::vec(proptest::sample::select(MessageStatus::iter().collect::<Vec<_>>()), 0..8)
    }

    proptest! {
        #[test]
        fn order_and_repetition_make_no_difference(
            start in proptest::sample::select(MessageStatus::iter().collect::<Vec<_>>()),
            (reports, shuffled) in statuses()
                .prop_flat_map(|reports| {
                    let twice = [reports.clone(), reports.clone()].concat();
                    (Just(reports), Just(twice).prop_shuffle())
                }),
        ) {
            prop_assert_eq!(settle(start, &reports), settle(start, &shuffled));
        }

        #[test]
        fn a_message_never_falls_back(start in proptest::sample::select(MessageStatus::iter().collect::<Vec<_>>()), reports in statuses()) {
            prop_assert!(rank(settle(start, &reports)) >= rank(start));
        }
    }
}
