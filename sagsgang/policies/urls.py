"""The addresses of policies: register, versions, approvals, requirements with their evidence."""

from django.urls import URLPattern, path

from sagsgang.policies.views import policy, register, requirements

app_name = "policies"
urlpatterns: list[URLPattern] = [
    path("policies/", register.policies, name="policies"),
    path("authorities/<uuid:pk>/policies/add/", register.add_policy, name="add-policy"),
    path("policies/<uuid:pk>/", policy.policy, name="policy"),
    path("policies/<uuid:pk>/edit/", register.edit_policy, name="edit-policy"),
    path("policies/<uuid:pk>/withdraw/", register.withdraw_policy, name="withdraw-policy"),
    path("policies/<uuid:pk>/take-back/", register.restore_policy, name="restore-policy"),
    path("policies/<uuid:pk>/versions/add/", policy.add_policy_version, name="add-policy-version"),
    path("policies/<uuid:pk>/evidence/add/", requirements.give_evidence, name="give-evidence"),
    path("items/<uuid:pk>/policies/", policy.policies_at_item, name="at-item"),
    path("policy-versions/<uuid:pk>/edit/", policy.edit_policy_version, name="edit-policy-version"),
    path("policy-versions/<uuid:pk>/file/", policy.open_policy_file, name="open-policy-file"),
    path("policy-versions/<uuid:pk>/approve/", policy.approve_policy_version, name="approve-policy-version"),
    path("policy-versions/<uuid:pk>/state-approval/", policy.state_policy_approval, name="state-policy-approval"),
    path("policy-approvals/<uuid:pk>/take-off/", policy.withdraw_policy_approval, name="withdraw-policy-approval"),
    path("policies/requirements/", requirements.requirements, name="requirements"),
    path("authorities/<uuid:pk>/requirements/add/", requirements.add_requirement, name="add-requirement"),
    path("authorities/<uuid:pk>/requirements/print/", requirements.print_evidence, name="print-evidence"),
    path("authorities/<uuid:pk>/requirements/csv/", requirements.evidence_file, name="evidence-file"),
    path("requirements/<uuid:pk>/edit/", requirements.edit_requirement, name="edit-requirement"),
    path("requirements/<uuid:pk>/take-off/", requirements.withdraw_requirement, name="withdraw-requirement"),
    path("policy-evidence/<uuid:pk>/take-off/", requirements.withdraw_evidence, name="withdraw-evidence"),
]
