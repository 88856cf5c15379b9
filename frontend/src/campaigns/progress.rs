//! How far a campaign is: bar, pace, and the recipients by state.

use super::model::{self, Sample, State};
use crate::{
    i18n::{t, t_string, use_i18n},
    intl::use_writer,
    ui::state::Tone,
};
use leptos::prelude::*;
use types::campaigns::{Campaign, CampaignStatus};

#[component]
pub fn Progress(campaign: Signal<Campaign>, samples: RwSignal<Vec<Sample>>) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let progress = Memo::new(move |_| campaign.with(|campaign| campaign.progress));
    let status = Memo::new(move |_| campaign.with(|campaign| campaign.status));
    let count = move |count: u64| writer.with(|writer| writer.count(count));
    let counted = move || {
        let progress = progress.get();
        t_string!(i18n, campaigns.progress_of, done = count(model::done(&progress)), total = count(progress.total))
    };
    let pace = move || {
        if status.get() != CampaignStatus::Sending {
            return None;
        }
        let rate = samples.with(|samples| model::rate_tenths(samples)).filter(|rate| *rate > 0)?;
        let words = if rate < 100 { format!("{}.{}", rate / 10, rate % 10) } else { count(rate / 10) };
        let pace = t_string!(i18n, campaigns.rate, rate = words);
        let left = model::seconds_left(&progress.get(), rate);
        Some(match left {
            Some(left) => format!(
                "{pace} · {}",
                t_string!(i18n, campaigns.remaining, time = model::duration(i18n.get_locale(), left))
            ),
            None => pace,
        })
    };
    view! {
        <section class="card" aria-label=move || t_string!(i18n, campaigns.progress)>
            <div class="card-body">
                <div class="progress-line">
                    <StatusBadge status />
                    <span class="strong numeric">{counted}</span>
                    <span class="muted numeric">{pace}</span>
                </div>
                <progress max=move || progress.get().total.max(1) prop:value=move || model::done(&progress.get()).to_string()
                    aria-label=move || t_string!(i18n, campaigns.progress)></progress>
                <ul class="states" aria-label=move || t_string!(i18n, campaigns.figures)>
                    {State::ALL.into_iter().map(|state| view! {
                        <Show when=move || !state.is_rare() || state.count(&progress.get()) != 0>
                            <li class=format!("state {}", class(state))>
                                <span class="state-count">{move || count(state.count(&progress.get()))}</span>
                                <span>{move || state.words(i18n.get_locale())}</span>
                            </li>
                        </Show>
                    }).collect_view()}
                    <li class="state answered">
                        <span class="state-count">{move || count(progress.get().answered)}</span>
                        <span>{t!(i18n, campaigns.state_answered)}</span>
                    </li>
                </ul>
            </div>
        </section>
    }
}

#[component]
pub fn StatusBadge(#[prop(into)] status: Signal<CampaignStatus>) -> impl IntoView {
    let i18n = use_i18n();
    view! { <span class=move || format!("badge {}", tone(status.get()).class())>{move || model::status_words(i18n.get_locale(), status.get())}</span> }
}

fn tone(status: CampaignStatus) -> Tone {
    match status {
        CampaignStatus::Draft | CampaignStatus::Cancelled => Tone::Plain,
        CampaignStatus::Preparing | CampaignStatus::Sending => Tone::Accent,
        CampaignStatus::Paused => Tone::Warning,
        CampaignStatus::Finished => Tone::Success,
    }
}

fn class(state: State) -> &'static str {
    match state {
        State::Queued | State::Sending | State::Cancelled => "idle",
        State::Sent => "sent",
        State::Delivered => "delivered",
        State::Read => "read",
        State::Failed => "failed",
        State::Unconfirmed => "unconfirmed",
    }
}
