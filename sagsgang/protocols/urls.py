from django.urls import path

from sagsgang.protocols.views import last, prints, protocol

app_name = "protocols"
urlpatterns = [
    path("meetings/<uuid:pk>/protocol/", protocol.protocol, name="protocol"),
    path("meetings/<uuid:pk>/protocol/note/", protocol.write_note, name="write-note"),
    path("meetings/<uuid:pk>/protocol/final/", protocol.make_final, name="make-final"),
    path("meetings/<uuid:pk>/protocol/sign/", protocol.sign_protocol, name="sign-protocol"),
    path("meetings/<uuid:pk>/protocol/remind/", protocol.remind_signers, name="remind-signers"),
    path("meetings/<uuid:pk>/protocol/approve/", protocol.approve_protocol, name="approve-protocol"),
    path("items/<uuid:pk>/last-protocol/", last.last_protocol, name="last-protocol"),
    path("items/<uuid:pk>/last-protocol/approve/", last.approve_last_protocol, name="approve-last-protocol"),
    path("meetings/<uuid:pk>/protocol/amend/", protocol.amend_protocol, name="amend-protocol"),
    path("meetings/<uuid:pk>/prints/", prints.prints, name="prints"),
    path("meetings/<uuid:pk>/prints/agenda/", prints.print_agenda, name="print-agenda"),
    path("agendas/<uuid:pk>/print/", prints.print_supplement, name="print-supplement"),
    path("meetings/<uuid:pk>/prints/protocol/", prints.print_protocol, name="print-protocol"),
    path("items/<uuid:pk>/protocol-extract/", prints.print_extract, name="print-extract"),
    path("meetings/<uuid:pk>/prints/packet/", prints.order_packet, name="order-packet"),
    path("meetings/<uuid:pk>/prints/packet/for/", prints.order_packet_for, name="order-packet-for"),
    path("packets/<uuid:pk>/", prints.packet, name="packet"),
    path("packets/<uuid:pk>/file/", prints.packet_file, name="packet-file"),
]
