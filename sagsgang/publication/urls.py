from django.urls import path

from sagsgang.planning.years import PLAN_YEAR
from sagsgang.publication.views import closed, figures, gate, plans, releasing, withdrawing

app_name = "publication"
urlpatterns = [
    path("meetings/<uuid:pk>/releases/", releasing.releases, name="releases"),
    path("meetings/<uuid:pk>/releases/prepare/", releasing.prepare_release, name="prepare-release"),
    path("meetings/<uuid:pk>/releases/no-parties/", releasing.state_no_parties, name="state-no-parties"),
    path("preparations/<uuid:pk>/release/", releasing.release_prepared, name="release-prepared"),
    path("preparations/<uuid:pk>/approve/", releasing.approve_release, name="approve-release"),
    path("preparations/<uuid:pk>/cancel/", releasing.cancel_release, name="cancel-release"),
    path("preparations/<uuid:pk>/gate/", gate.gate, name="gate"),
    path("preparations/<uuid:pk>/gate/line/", gate.gate_line, name="gate-line"),
    path("preparations/<uuid:pk>/gate/accept/", gate.accept_findings, name="accept-findings"),
    path("preparations/<uuid:pk>/gate/mask/", gate.mask_findings, name="mask-findings"),
    path("preparations/<uuid:pk>/gate/renew/", gate.renew_preparation, name="renew-preparation"),
    path("gate-findings/<uuid:pk>/picture/", gate.finding_picture, name="finding-picture"),
    path("case-attachments/<uuid:pk>/gate/", gate.case_file, name="case-file-gate"),
    path("items/<uuid:pk>/gate/", gate.item_files, name="item-files-gate"),
    path("releases/waiting/", releasing.waiting, name="waiting"),
    path("bodies/<uuid:pk>/releases/", releasing.body_releases, name="body-releases"),
    path("releases/<uuid:pk>/withdraw/", withdrawing.withdraw_release, name="withdraw-release"),
    path("releases/<uuid:pk>/breach/", withdrawing.answer_breach, name="answer-breach"),
    path("releases/<uuid:pk>/breach/close/", withdrawing.close_breach, name="close-breach"),
    path("releases/<uuid:pk>/breach/text/", withdrawing.print_breach, name="print-breach"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<uuid:pk>/prepare/", figures.prepare_figures, name="prepare-figures"),
    path("figures/prepared/<uuid:pk>/release/", figures.release_figures, name="release-figures"),
    path("figures/prepared/<uuid:pk>/cancel/", figures.cancel_figures, name="cancel-figures"),
    path("figures/released/<uuid:pk>/withdraw/", figures.withdraw_figures, name="withdraw-figures"),
    path("releases/breaches/", withdrawing.open_breaches, name="open-breaches"),
    path("bodies/<uuid:pk>/closed-decisions/", closed.closed_decisions, name="closed-decisions"),
    path("items/<uuid:pk>/close/", closed.close_item, name="close-item"),
    path("items/<uuid:pk>/review/", closed.review_closing, name="review-closing"),
    path("items/<uuid:pk>/review/day/", closed.set_review, name="set-review"),
    path("bodies/<uuid:pk>/plan/publication/", plans.plan, name="plan"),
    path(f"bodies/<uuid:pk>/plan/<{PLAN_YEAR}:year>/publication/", plans.plan, name="plan"),
    path("bodies/<uuid:pk>/plan/publish/", plans.publish_plan, name="publish-plan"),
    path(f"bodies/<uuid:pk>/plan/<{PLAN_YEAR}:year>/publish/", plans.publish_plan, name="publish-plan"),
    path("bodies/<uuid:pk>/plan/withdraw/", plans.withdraw_plan, name="withdraw-plan"),
    path(f"bodies/<uuid:pk>/plan/<{PLAN_YEAR}:year>/withdraw/", plans.withdraw_plan, name="withdraw-plan"),
]
