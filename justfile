# The menu. Every recipe is one line; what it does is in crates/xtask.

# List the recipes
default:
    @just --list

# Build everything, fill an empty data folder and serve on 127.0.0.1:8080
run *options:
    cargo xtask run {{options}}

# Build the single binary that ships and serve with it
release *options:
    cargo xtask run --release {{options}}

# Every check, as CI runs it; `just test --only tidy` runs one of them
test *options:
    cargo xtask test {{options}}

# Build the browser app into target/spa
frontend *options:
    cargo xtask frontend {{options}}

# Journeys in Chromium against the real binary
e2e *options:
    cargo xtask e2e {{options}}

# Screenshots of every page, into e2e/artifacts
pictures *options:
    cargo xtask pictures {{options}}

# Measure the release build
bench *options:
    cargo xtask bench {{options}}

# Write openapi/*.json
openapi:
    cargo xtask openapi

# Check the house rules
tidy:
    cargo xtask tidy

# Format everything
fmt:
    cargo fmt --all
