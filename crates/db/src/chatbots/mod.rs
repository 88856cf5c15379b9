//! Questions about the chatbots of numbers, queues and their agents among them (spec S3).
