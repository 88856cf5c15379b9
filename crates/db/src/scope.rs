//! Whose data a question may touch. A scope is opened by `api::access` after a permission check, or by a job for itself.

use crate::sql::Sql;
use types::{NumberId, OrganizationId};

/// One organization, and the numbers of it within reach (product.md § Who sees what).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    organization_id: OrganizationId,
    reach: Reach,
}

/// Which numbers of the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The whole organization, as administrators have it.
    All,
    /// Those the member owns or attends, or that are in a group the member manages, at any depth.
    Numbers(Vec<NumberId>),
}

impl Scope {
    pub fn new(organization_id: OrganizationId, reach: Reach) -> Self {
        Self { organization_id, reach }
    }

    /// The scope of a job that works for the whole organization.
    pub fn of_organization(organization_id: OrganizationId) -> Self {
        Self::new(organization_id, Reach::All)
    }

    pub fn organization_id(&self) -> OrganizationId {
        self.organization_id
    }

    pub fn reach(&self) -> &Reach {
        &self.reach
    }

    pub fn reaches(&self, number: NumberId) -> bool {
        match &self.reach {
            Reach::All => true,
            Reach::Numbers(numbers) => numbers.contains(&number),
        }
    }

    /// Append the two conditions every question starts from: the organization, and the numbers within reach.
    pub(crate) fn conditions(&self, sql: &mut Sql, organization_column: &str, number_column: &str) {
        sql.push(organization_column).push(" = ").bind(self.organization_id.0);
        self.reach_condition(sql, number_column);
    }

    /// Append the numbers within reach alone.
    pub(crate) fn reach_condition(&self, sql: &mut Sql, number_column: &str) {
        match &self.reach {
            Reach::All => {}
            Reach::Numbers(numbers) => {
                sql.push(" AND ").push(number_column).push(" IN ").bind_list(numbers.iter().map(|id| id.0));
            }
        }
    }
}
