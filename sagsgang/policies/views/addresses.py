"""Where the pages of policies lie, and the page on which one act is confirmed."""

from datetime import date
from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sagsgang.accounts.doors import StaffRequest
from sagsgang.bodies.models import Authority
from sagsgang.meetings.views.acts import Act
from sagsgang.policies.models import Policy


def register_address(authority: Authority) -> str:
    """The register of an authority."""
    return f"{reverse('policies:policies')}?authority={authority.pk}"


def requirements_address(authority: Authority, on: date | None = None) -> str:
    """The requirements of an authority, as of a day."""
    day = f"&on={on.isoformat()}" if on else ""
    return f"{reverse('policies:requirements')}?authority={authority.pk}{day}"


def policy_address(policy: Policy, number: int | None = None) -> str:
    """The page of a policy, at a version."""
    return reverse("policies:policy", args=[policy.pk]) + (f"#version-{number}" if number else "")


def act_page(
    request: StaffRequest, act: Act, form: forms.Form, *, policy: Policy | None = None, **more: object
) -> HttpResponse:
    """The page of an act; 422 with what was typed where something must be put right."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"act": act, "form": form, "policy": policy, "has_file": "file" in form.fields, **more}
    return render(request, "policies/act.html", context, status=status)
