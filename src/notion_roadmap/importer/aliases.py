"""Which labels mean which field, in several languages, and more if a user says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from notion_roadmap.importer.words import fold

FIELDS: dict[str, tuple[str, ...]] = {
    "title": (
        "topic", "topics", "title", "item", "activity", "what", "what to do", "lesson", "subject", "project",
        "exercise", "module", "theme", "concept", "feature", "milestone", "epic", "epics", "initiative", "story",
        "user story", "stories", "ticket", "todo", "to do", "step", "goal", "chapter", "unit", "thema", "themen",
        "inhalt", "titel", "sujet", "thème", "titre", "tema", "temas", "título", "titulo", "argomento", "тема",
        "主题", "内容", "トピック", "テーマ", "주제", "विषय",
    ),
    "description": (
        "task", "tasks", "description", "aufgabe", "aufgaben", "beschreibung", "tâche", "tâches", "description",
        "tarea", "tareas", "descripción", "tarefa", "tarefas", "descrição", "compito", "compiti", "descrizione",
        "задача", "задание", "описание", "任务", "描述", "タスク", "説明", "과제", "설명", "कार्य", "details",
        "summary",
    ),
    "priority": (
        "priority", "prio", "importance", "priorität", "wichtigkeit", "priorité", "importance", "prioridad",
        "prioridade", "priorità", "приоритет", "优先级", "優先度", "우선순위", "प्राथमिकता",
    ),
    "hours": (
        "hours", "hour", "hrs", "time", "time needed", "time estimate", "estimated time", "estimated hours",
        "estimate", "effort", "duration", "est", "est time", "est hours", "study time", "time required", "length",
        "stunden", "std", "zeit", "dauer", "aufwand", "zeitaufwand", "heures", "durée", "temps", "temps estimé",
        "horas", "duración", "tiempo", "tiempo estimado", "duração", "tempo", "tempo estimado", "ore", "durata",
        "часы", "время", "длительность", "时间", "时长", "小时", "学时", "時間", "所要時間", "시간", "소요 시간",
        "घंटे", "समय",
    ),
    "deliverables": (
        "deliverable", "deliverables", "output", "outputs", "outcome", "artifact", "artifacts", "what to build",
        "build", "ergebnis", "ergebnisse", "livrable", "livrables", "entregable", "entregables", "entrega",
        "entregas", "entregável", "entregáveis", "risultato", "risultati", "результат", "результаты", "产出",
        "交付物", "成果物", "성과물",
    ),
    "expected_proof": (
        "proof", "evidence", "expected proof", "proof of completion", "verification", "how to verify", "nachweis",
        "beleg", "preuve", "prueba", "evidencia", "prova", "evidência", "доказательство", "证明", "証拠",
    ),
    "course_resource": (
        "course resource", "course", "resource", "resources", "link", "links", "material", "materials", "reading",
        "readings", "read", "reference", "references", "where to learn", "learn from", "course link", "url",
        "source", "sources", "quelle", "quellen", "ressource", "ressourcen", "materialien", "lektüre",
        "ressources", "lien", "liens", "lecture", "lectures", "recurso", "recursos", "enlace", "enlaces",
        "material de apoyo", "lectura", "leitura", "materiais", "risorsa", "risorse", "materiale", "lettura",
        "ресурсы", "ресурс", "ссылки", "ссылка", "материалы", "资源", "资料", "链接", "リソース", "教材", "資料",
        "자료", "링크", "संसाधन",
    ),
    "skills": (
        "skills", "skill", "skills gained", "skills learned", "tags", "tag", "fähigkeiten", "kompetenzen",
        "compétences", "compétence", "habilidades", "competencias", "competências", "competenze", "abilità",
        "навыки", "навык", "теги", "技能", "标签", "スキル", "タグ", "기술", "कौशल",
    ),
    "category": (
        "category", "kategorie", "catégorie", "categoría", "categoria", "категория", "类别", "カテゴリ", "분류",
    ),
    "status": (
        "status", "done", "completed", "complete", "finished", "state", "progress", "check", "checked", "stand",
        "erledigt", "fertig", "statut", "état", "fait", "terminé", "estado", "hecho", "completado", "concluído",
        "feito", "stato", "fatto", "completato", "статус", "готово", "сделано", "状态", "完成", "状態", "完了",
        "상태", "완료", "स्थिति",
    ),
    "week": (
        "week", "weeks", "wk", "woche", "kw", "semaine", "semana", "settimana", "неделя", "周", "週", "주차",
        "주", "सप्ताह",
    ),
    "day": ("day", "days", "tag", "jour", "día", "dia", "giorno", "день", "天", "日", "일차", "दिन"),
    "when": (
        "date", "dates", "due", "due date", "deadline", "by", "target date", "quarter", "timeline", "period",
        "sprint", "expected date", "release date", "due by", "planned for", "month", "months", "when",
        "timeframe", "eta", "target", "start", "end", "begin", "start date", "end date", "datum", "frist", "termin",
        "fällig", "monat", "échéance", "mois", "fecha",
        "fecha límite", "mes", "data", "prazo", "mês", "scadenza", "mese", "дата", "срок", "месяц", "日期",
        "截止日期", "期限", "日付", "날짜", "마감일",
    ),
}  # fmt: skip
"""The labels of the fields of a task, as they are compared (without case and accents)."""

PHASE_FIELDS: dict[str, tuple[str, ...]] = {
    "goal": (
        "goal", "goals", "objective", "objectives", "aim", "phase goal", "purpose", "ziel", "ziele", "objectif",
        "objectifs", "but", "objetivo", "objetivos", "meta", "obiettivo", "obiettivi", "doel", "цель", "цели",
        "目标", "目標", "목표", "लक्ष्य", "उद्देश्य",
    ),
    "market": ("market alignment", "market focus", "market", "market demand", "statistical edge", "success target"),
    "timeline": (
        "timeline", "duration", "time", "timeframe", "time frame", "length", "when", "dates", "period", "dauer",
        "zeitraum", "zeitrahmen", "durée", "période", "duración", "plazo", "duração", "prazo", "durata",
        "periodo", "сроки", "длительность", "时间", "周期", "期间", "期間", "기간", "अवधि",
    ),
    "success_metric": (
        "success metric", "success metrics", "success measure", "success criterion", "metric", "exit criterion",
        "definition of done", "done when", "erfolgsmaß", "erfolgskriterium", "critère de réussite",
        "criterio de éxito", "critério de sucesso", "criterio di successo", "критерий успеха", "成功指标",
    ),
}  # fmt: skip
"""The labels of the fields of a phase."""


def words_of_labels() -> frozenset[str]:
    """Every word of a label: it is said by the field that the label means."""
    names = (name for labels in (*FIELDS.values(), *PHASE_FIELDS.values()) for name in labels)
    return frozenset(word for name in names for word in re.findall(r"[^\W_]+", name.casefold()))


LINES = (
    "interview focus", "practice interview", "topic", "case study", "case studies", "note", "notes", "tip",
    "tips", "hint", "prerequisite", "prerequisites", "practice", "focus", "outcome", "outcomes", "project",
    "projects", "resource", "resources", "video", "videos", "book", "books", "tool", "tools", "reading", "watch",
    "read", "youtube", "example", "examples", "hinweis", "remarque", "nota", "notas", "prérequis", "requisitos",
    "примечание", "备注", "メモ", "motivation", "owner", "assignee", "team", "depends on", "blocked by", "risk",
    "issue", "pr", "rationale", "why", "impact", "criteria",
)  # fmt: skip
"""Labels without emphasis that are labels and not the beginning of a sentence; they are kept as labelled lines."""


@dataclass(frozen=True)
class Aliases:
    """The labels of each field.

    Args:
        extra: more labels by field, such as `{"hours": ("Aufwand",)}`; they win over what they meant before.
    """

    extra: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, more: Mapping[str, Iterable[str]]) -> Aliases:
        """Extend the labels that are known. An unknown field raises KeyError with its name."""
        unknown = sorted(set(more) - set(FIELDS) - set(PHASE_FIELDS))
        if unknown:
            raise KeyError(unknown[0])
        return cls({field: tuple(labels) for field, labels in more.items()})

    def task_field(self, label: str) -> str | None:
        """The field of a task that a label means."""
        return self._task.get(fold(label))

    def phase_field(self, label: str) -> str | None:
        """The field of a phase that a label means."""
        return self._phase.get(fold(label))

    def is_known(self, label: str) -> bool:
        """Whether a label is one even where it is not set apart from the text."""
        folded = fold(label)
        return folded in self._task or folded in self._phase or folded in self._lines

    @cached_property
    def _task(self) -> dict[str, str]:
        return self._read(FIELDS)

    @cached_property
    def _phase(self) -> dict[str, str]:
        return self._read(PHASE_FIELDS)

    @cached_property
    def _lines(self) -> frozenset[str]:
        return frozenset(map(fold, LINES))

    def _read(self, fields: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        known: dict[str, str] = {}
        for field, labels in fields.items():
            for label in labels:
                known.setdefault(fold(label), field)
        return known | {
            fold(label): field for field, labels in self.extra.items() if field in fields for label in labels
        }


DEFAULT_ALIASES = Aliases({})
"""The labels that are known without anybody saying so."""
