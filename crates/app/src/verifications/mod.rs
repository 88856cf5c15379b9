//! Verifying and registering numbers (spec S7): a code by SMS or voice, then a PIN.
//!
//! Each try is noted before it is made, so that neither a crash nor two people at once exceed the limits. Neither codes nor
//! PINs are stored or written down anywhere.

mod read;
mod steps;

pub use read::{get, list};
pub use steps::{check_code, register, request_code};

use db::numbers::WhatsappNumber;
use domain::verifications::Limits;
use types::{
    verifications::{Verification, VerificationStage},
    wabas::WabaRef,
};

/// How far a number has come.
fn stage(number: &WhatsappNumber) -> VerificationStage {
    domain::verifications::stage(
        number.phone_number_id.is_some(),
        number.verified_at.is_some(),
        number.registered_at.is_some(),
        number.whatsapp_status.as_deref(),
    )
}

fn verification(number: WhatsappNumber, limits: Limits) -> Verification {
    let stage = stage(&number);
    let Limits { code, next_code_at, codes_left, guesses_left, registrations_left, trouble } = limits;
    Verification {
        stage,
        waba: WabaRef { id: number.waba.id, name: number.waba.name },
        number: number.number,
        whatsapp_status: number.whatsapp_status,
        code: code.filter(|_| stage == VerificationStage::Unverified),
        next_code_at: next_code_at.filter(|_| stage == VerificationStage::Unverified),
        codes_left,
        guesses_left,
        registrations_left,
        trouble: trouble.filter(|_| stage != VerificationStage::Registered),
    }
}
