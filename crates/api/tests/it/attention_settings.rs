//! How people attend a number: tags, distribution, limits, what agents may do (spec S1).
