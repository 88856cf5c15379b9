//! Conversations from the first message to the survey, over HTTP and the sandbox's protocol (conversation.md).
