"""One documented property: `**Status** (Select: ⏸️ Not Started, ✅ Completed)`."""

from __future__ import annotations

import re

from notion_roadmap.importer.draft import Data
from notion_roadmap.importer.labels import labelled, note_behind
from notion_roadmap.importer.parts.common import put
from notion_roadmap.importer.texts import plain, unmarked
from notion_roadmap.importer.words import fold
from notion_roadmap.roadmap import MAX_OPTION

_ROLES = {
    "task": ("task name", "task", "name", "title", "item", "topic", "aufgabe", "titel",
             "tâche", "tarea", "tarefa", "attività"),
    "phase": ("phase", "stage", "fase", "étape"),
    "pillar": ("pillar", "säule", "pilier", "pilar", "pilastro", "area"),
    "week": ("week", "woche", "semaine", "semana", "settimana", "sprint"),
    "category": ("category", "type", "kind", "kategorie", "catégorie", "categoría", "categoria", "tipo"),
    "status": ("status", "state", "statut", "estado", "stato"),
    "priority": ("priority", "priorität", "priorité", "prioridad", "prioridade", "priorità"),
    "hours": ("hours", "estimated hours", "estimate", "effort", "time", "stunden", "aufwand", "heures", "horas", "ore"),
    "due_date": ("due date", "due", "deadline", "date", "target date", "fällig am", "fälligkeit", "échéance",
                 "fecha límite", "prazo", "scadenza"),
    "deliverable": ("deliverable", "deliverables", "output", "ergebnis", "livrable", "entregable", "entrega"),
    "proof": ("proof", "evidence", "proof of work", "nachweis", "preuve", "prueba", "prova"),
    "skills": ("skills", "tags", "skill", "technologies", "fähigkeiten", "compétences", "habilidades", "competenze"),
    "course_resource": ("course resource", "resource", "resources", "course", "link",
                        "ressource", "recurso", "risorsa"),
    "notes": ("notes", "comments", "notizen", "remarques", "notas", "note"),
}  # fmt: skip
_TYPES = {"title": "title", "select": "select", "status": "select", "multi select": "multi_select", "multiselect":
          "multi_select", "number": "number", "date": "date", "text": "text", "rich text": "text", "url": "url",
          "link": "url"}  # fmt: skip
_ALLOWED = {
    "task": ("title",), "phase": ("select",), "pillar": ("select",), "week": ("select",), "category": ("select",),
    "status": ("select",), "priority": ("select",), "hours": ("number",), "due_date": ("date",),
    "deliverable": ("text",), "proof": ("url", "text"), "skills": ("multi_select",),
    "course_resource": ("url", "text"), "notes": ("text",),
}  # fmt: skip
_MEANINGS = {
    "completed": ("completed", "complete", "done", "finished", "shipped", "erledigt", "fertig", "terminé",
                   "fait", "hecho",
                  "completado", "concluído", "feito", "completato", "fatto", "готово"),
    "in_progress": ("in progress", "doing", "started", "ongoing", "active", "in arbeit", "en cours", "en progreso",
                    "em andamento", "in corso", "в работе"),
    "blocked": ("blocked", "stuck", "waiting", "on hold", "paused", "blockiert", "bloqué", "bloqueado", "bloccato"),
    "not_started": ("not started", "to do", "todo", "backlog", "planned", "open", "offen", "à faire", "por hacer",
                    "a fazer", "da fare"),
}  # fmt: skip
_SPEC = re.compile(r"^(?P<type>[^:：]+?)\s*(?:[:：–—-]\s+(?P<words>.*))?$", re.DOTALL)


def property_of(text: str) -> Data | None:
    """The property that a line describes; None where it names no known type or nothing that a task has."""
    label = labelled(text)
    name, spec = (label.label, label.rest) if label and label.rest else note_behind(unmarked(text))
    found = _SPEC.match(" ".join(spec.split()).removeprefix("(").removesuffix(")").strip())
    kind = _TYPES.get(fold(found["type"])) if found else None
    role = next((role for role, names in _ROLES.items() if fold(name) in map(fold, names)), None)
    if kind == "title":
        role = "task"
    if found is None or role is None or kind not in _ALLOWED[role]:
        return None
    made: Data = {"role": role, "name": plain(name), "type": kind}
    words = (found["words"] or "").strip()
    if kind not in ("select", "multi_select"):
        return put(made, words=words)
    names = [option.strip()[:MAX_OPTION] for option in re.split(r"[,;/|]\s*" if "," not in words else r",\s*", words)]
    return put(made, options=[_option(role, option) for option in dict.fromkeys(filter(None, names))])


def _option(role: str, name: str) -> Data:
    option: Data = {"name": name}
    if role == "status":
        put(option, means=meaning_of(name))
    return option


def meaning_of(name: str) -> str | None:
    """What an option of the status says about the work, by its words."""
    folded = f" {fold(name)} "
    for means in ("not_started", "in_progress", "blocked", "completed"):
        if any(f" {fold(word)} " in folded for word in _MEANINGS[means]):
            return means
    return None


def merge_property(properties: list[Data], made: Data) -> Data:
    """Add a property, or tell one that is there already what this one adds; gives the one that stands."""
    known = next((found for found in properties if found["role"] == made["role"]), None)
    if known is None:
        properties.append(made)
        return made
    if fold(known["name"]) != fold(made["name"]) and made["name"] not in known.get("also_called", ()):
        known.setdefault("also_called", []).append(made["name"])
    for name in ("options", "words"):
        if name in made and name not in known:
            known[name] = made[name]
    return known
