"""The words by which headings say what stands below them, in several languages.

They are data: a heading speaks of a kind if one of its phrases stands in it as whole words. Phrases are compared
without case, accents, emoji and punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from notion_roadmap.importer.texts import LINK

WORDS: dict[str, tuple[str, ...]] = {
    "properties": (
        "database properties", "properties", "columns to create", "database fields", "fields to create",
        "eigenschaften", "propriétés", "propiedades", "propriedades", "proprietà",
    ),
    "views": ("views", "views to create", "database views", "ansichten", "vues", "vistas", "visões", "viste"),
    "progress": ("progress formula", "progress tracking formula", "progress rollup", "progress property"),
    "kpis": (
        "kpi", "kpis", "key metrics", "metrics to track", "weekly metrics", "key performance indicators",
        "success metrics", "metrics and targets", "métricas", "kennzahlen", "indicateurs", "indicateurs clés",
        "indicadores", "indicatori", "метрики",
    ),
    "funnel": ("funnel", "conversion rates", "pipeline metrics", "trichter", "entonnoir", "embudo", "funil", "imbuto"),
    "habits": (
        "habits", "daily habits", "daily non negotiables", "non negotiables", "daily practice", "daily tasks",
        "daily checklist", "every day", "gewohnheiten", "tägliche gewohnheiten", "jeden tag", "habitudes",
        "habitudes quotidiennes", "hábitos", "hábitos diarios", "abitudini", "привычки", "习惯", "習慣", "습관",
    ),
    "review": (
        "weekly review", "weekly reviews", "weekly retrospective", "weekly reflection", "week in review",
        "weekly check in", "wochenrückblick", "bilan hebdomadaire", "revue hebdomadaire", "revisión semanal",
        "revisão semanal", "revisione settimanale", "обзор недели",
    ),
    "transition": ("transition checklist", "phase transition", "phase gate", "exit checklist", "phasenübergang"),
    "risks": (
        "risk", "risks", "risk mitigation", "contingency", "contingency plan", "contingency plans", "plan b",
        "if things go wrong", "risiken", "risques", "riesgos", "riscos", "rischi", "риски",
    ),
    "emergency": (
        "emergency", "emergency protocol", "catch up plan", "catch up protocol", "behind schedule", "falling behind",
        "notfallplan", "aufholplan", "plan d urgence", "plan de secours", "plan de rattrapage",
        "plan de emergencia", "plano de emergência", "piano di emergenza",
    ),
    "probability": ("success probability", "probability of success", "odds of success"),
    "criteria": (
        "success criteria", "success criterion", "exit criteria", "completion criteria", "acceptance criteria",
        "definition of done", "done when", "how you know you are done", "erfolgskriterien", "abschlusskriterien",
        "critères de réussite", "critères de succès", "criterios de éxito", "critérios de sucesso",
        "criteri di successo", "criterios de logro", "критерии успеха", "критерии готовности", "成功标准", "完了条件",
    ),
    "requirements": (
        "success requirements", "non negotiable requirements", "non negotiable success requirements", "must haves",
        "must have", "key requirements", "hard requirements", "erfolgsvoraussetzungen",
    ),
    "resources": (
        "resources", "resource database", "resource list", "useful links", "links", "references", "further reading",
        "learning material", "learning materials", "study material", "study materials", "materials", "tutorials",
        "documentation", "videos", "articles", "podcasts", "newsletters", "ressourcen", "quellen", "lernmaterial",
        "nützliche links", "materialien", "ressources", "liens utiles", "recursos", "enlaces", "enlaces útiles",
        "links úteis", "referências", "referencias", "références", "materiais", "materiales", "risorse",
        "link utili", "riferimenti", "полезные ссылки", "ресурсы", "материалы", "ссылки", "资源",
        "推荐资料", "参考资料", "参考文献", "参考资源", "リソース", "참고 자료", "संसाधन", "bronnen", "kaynaklar",
        "materiały", "źródła", "sumber belajar", "المصادر", "tài liệu tham khảo", "resurser",
    ),
    "courses": (
        "courses", "online courses", "course", "moocs", "kurse", "online kurse", "cours", "cours en ligne", "cursos",
        "corsi", "курсы", "课程",
    ),
    "platforms": (
        "platforms", "practice platforms", "practice sites", "plattformen", "übungsplattformen", "plateformes",
        "plataformas", "piattaforme", "платформы", "平台",
    ),
    "blogs": ("blogs", "engineering blogs", "blog", "sites", "websites", "webseiten", "sites web", "sitios", "блоги"),
    "tools": (
        "tools", "tooling", "tech stack", "software", "werkzeuge", "outils", "herramientas", "ferramentas",
        "strumenti",
        "tecnologias", "tecnologías", "technologies", "инструменты", "工具", "ツール",
    ),
    "channels": ("channels", "youtube", "youtube channels", "kanäle", "chaînes", "canales", "canais", "canali"),
    "communities": (
        "communities", "community", "forums", "discord servers", "comunidades", "communautés", "comunità",
        "сообщества",
    ),
    "books": (
        "books", "essential books", "textbooks", "reading list", "recommended books", "bibliography",
        "bibliografía", "bibliografia", "bibliographie", "literatur", "bücher", "buchliste", "livres",
        "libros", "livros", "libri", "книги", "литература", "书籍", "书单", "本", "도서", "boeken", "kitaplar",
    ),
    "statistics": (
        "statistics", "market statistics", "market stats", "statistik", "statistiken", "statistiques", "estadísticas",
        "estatísticas", "statistiche",
    ),
    "timeline": (
        "timeline", "success timeline", "timeline overview", "milestone dates", "key dates", "zeitplan", "zeitleiste",
        "calendrier", "chronologie", "cronología", "linha do tempo", "cronologia",
    ),
    "principles": (
        "principles", "key principles", "guiding principles", "core principles", "rule", "rules", "rules of thumb",
        "values", "grundsätze", "prinzipien", "principes", "principios", "princípios", "principi", "принципы", "原则",
    ),
    "mantras": ("mantra", "mantras", "mottos", "affirmations", "leitsätze", "devises"),
    "routine": (
        "routine", "daily routine", "daily schedule", "study routine", "daily study routine", "morning routine",
        "weekly routine", "weekly schedule", "weekly rhythm", "weekly loop", "weekly checklist", "weekly cadence",
        "weekly habits", "weekly tasks", "weekly goals", "weekly plan", "daily plan", "daily loop", "tagesablauf",
        "wochenablauf",
        "tagesroutine", "wochenroutine", "wöchentliche checkliste", "routine quotidienne", "routine hebdomadaire",
        "emploi du temps", "rutina", "rutina diaria", "rutina semanal", "horario", "rotina", "rotina diária",
        "rotina semanal", "routine quotidiana", "routine settimanale", "распорядок",
    ),
    "afterwards": (
        "continuous learning", "after the roadmap", "after graduation", "afterwards", "what comes next", "keep going",
        "maintenance plan", "staying current", "weiter geht s", "et après", "y después", "e depois", "e dopo",
    ),
    "competencies": (
        "competencies", "key competencies", "competency matrix", "skills by level", "skill levels", "skill matrix",
        "levels", "kompetenzen", "compétences", "competencias", "competências", "competenze", "компетенции",
    ),
    "questions": (
        "interview question", "interview questions", "question types", "interview question types", "interviewfragen",
        "questions d entretien", "preguntas de entrevista", "perguntas de entrevista", "domande di colloquio",
    ),
    "mappings": ("skill mapping", "skills mapping", "mapping", "what transfers", "transferable skills"),
    "pillars": ("pillars", "core pillars", "säulen", "piliers", "pilares", "pilastri", "столпы", "支柱"),
    "jobs": (
        "job hunt", "job hunt loop", "job search", "job applications", "applications", "jobsuche", "bewerbungen",
        "recherche d emploi", "búsqueda de empleo", "busca de emprego", "ricerca di lavoro", "поиск работы",
    ),
    "goal": (
        "goal", "the goal", "main goal", "my goal", "overall goal", "objective", "mission", "north star", "ziel",
        "objectif", "objetivo", "obiettivo", "doel", "цель", "目标", "目標", "목표", "लक्ष्य",
    ),
    "audience": (
        "target audience", "audience", "who is this for", "who this is for", "for whom", "zielgruppe", "für wen",
        "public cible", "pour qui", "para quién", "para quem", "per chi",
    ),
    "effort": (
        "time commitment", "time budget", "commitment", "duration", "zeitaufwand", "dauer", "durée", "duración",
        "duração", "durata", "dedicación",
    ),
    "prerequisites": (
        "prerequisites", "prerequisite", "prerequisite knowledge", "requirements", "before you start",
        "voraussetzungen", "prérequis", "requisitos", "pré requisitos", "requisitos previos", "prerequisiti",
        "предварительные требования",
    ),
    "weekly": (
        "weekly", "every week", "each week", "per week", "wöchentlich", "jede woche", "pro woche", "hebdomadaire",
        "par semaine", "chaque semaine", "semanal", "cada semana", "por semana", "settimanale", "a settimana",
        "еженедельно", "в неделю",
    ),
    "daily": (
        "daily", "every day", "each day", "per day", "täglich", "jeden tag", "quotidien", "quotidienne",
        "chaque jour",
        "diario", "diaria", "cada día", "diário", "diária", "quotidiano", "quotidiana", "ogni giorno", "ежедневно",
    ),
    "have": ("what you ll have", "what you have", "you already have", "what i have", "current skills", "already know",
             "have", "was du kannst", "ce que vous savez", "lo que ya sabes"),
    "need": ("what you ll still need", "what you still need", "what you need", "still need", "skills to learn",
             "skill gaps", "gaps", "need", "missing skills", "was noch fehlt", "lo que falta"),
    "overall": ("overall", "overall success rate", "total", "end to end", "insgesamt", "gesamt", "global"),
    "goals": ("goals", "my goals", "objectives", "ziele", "objectifs", "objetivos", "obiettivi", "цели"),
    "target": ("target", "ziel", "zielwert", "objectif", "cible", "objetivo", "meta", "obiettivo", "goal", "цель"),
    "remedy": ("mitigation", "mitigations", "response", "countermeasure", "maßnahme", "maßnahmen", "gegenmaßnahme",
               "atténuation", "mitigación", "mitigação", "mitigazione"),
    "average": ("industry avg", "industry average", "average", "avg", "industry", "benchmark", "durchschnitt",
                "moyenne", "promedio", "média", "media"),
}  # fmt: skip

MANY_WORDS = 7
"""A heading of more words, notes in brackets aside, tells something of its own, whatever single word stands in it."""

_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")
_SPACED = re.compile(r"[a-zа-я0-9ऀ-ॿ]")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A text as it is compared: small letters and digits of any script with single spaces between the words."""
    shown = unicodedata.normalize("NFKD", LINK.sub(r"\1", text)).casefold()
    letters = (sign if sign.isalnum() else "" if unicodedata.combining(sign) else " " for sign in shown)
    return " ".join("".join(letters).split())


@cache
def folded(words: tuple[str, ...]) -> frozenset[str]:
    """Words as they are compared."""
    return frozenset(map(fold, words))


def speaks_of(title: str, *kinds: str) -> bool:
    """Whether a heading speaks of one of these kinds of content."""
    is_short = len(fold(_BRACKETS.sub(" ", title)).split()) <= MANY_WORDS
    return bool(_pattern(kinds, is_short).search(fold(title)))


def says_its_kind(title: str) -> bool:
    """Whether a heading speaks of any kind of content."""
    return speaks_of(title, *WORDS)


def is_named(title: str, *kinds: str) -> bool:
    """Whether a heading says one of these kinds and nothing else, notes in brackets aside."""
    said = (fold(title), fold(_BRACKETS.sub(" ", title)))
    return any(phrase in said for kind in kinds for phrase in _phrases(kind))


@cache
def _pattern(kinds: tuple[str, ...], is_short: bool) -> re.Pattern[str]:
    """The phrases of these kinds, single words only for a short heading; those of scripts without spaces anywhere."""
    phrases = [phrase for kind in kinds for phrase in _phrases(kind) if is_short or " " in phrase]
    apart = "|".join(re.escape(phrase) for phrase in phrases if _SPACED.search(phrase))
    anywhere = [re.escape(phrase) for phrase in phrases if not _SPACED.search(phrase)]
    return re.compile("|".join([*([rf"(?<!\S)(?:{apart})(?!\S)"] if apart else []), *anywhere]) or r"(?!)")


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    return tuple(fold(phrase) for phrase in WORDS[kind])
