"""The words by which documents say what a heading is, in several languages. Data, compared without case."""

from __future__ import annotations

STRETCHES = (
    # English
    "phase", "stage", "milestone", "level", "step", "part", "module", "chapter", "unit", "block", "sprint",
    "iteration", "tier", "cycle", "wave", "horizon", "checkpoint", "track", "section", "act", "epic", "release",
    "version", "belt", "domain", "aim", "workstream", "work package", "theme", "round",
    "arbeitspaket",
    # German
    "etappe", "abschnitt", "meilenstein", "stufe", "schritt", "teil", "modul", "kapitel", "einheit", "ebene",
    # French
    "étape", "etape", "palier", "jalon", "niveau", "partie", "chapitre", "unité", "volet", "bloc",
    # Spanish, Portuguese, Italian
    "fase", "etapa", "hito", "nivel", "paso", "parte", "módulo", "modulo", "capítulo", "capitulo", "unidad",
    "bloque", "marco", "nível", "passo", "unidade", "bloco", "tappa", "livello", "capitolo", "unità", "blocco",
    "traguardo",
    # Dutch, Swedish, Polish, Turkish
    "stap", "deel", "hoofdstuk", "fas", "steg", "del", "etap", "krok", "poziom", "rozdział", "moduł", "aşama",
    "adım", "bölüm", "seviye",
    # Russian, Ukrainian
    "этап", "фаза", "стадия", "уровень", "шаг", "часть", "модуль", "глава", "раздел", "блок", "спринт", "етап",
    "крок",
    # Chinese, Japanese, Korean, Hindi, Arabic
    "阶段", "階段", "级", "級", "步", "章", "部分", "单元", "單元", "模块", "步骤", "ステップ", "フェーズ",
    "レベル", "パート", "モジュール", "段階", "단계", "레벨", "파트", "모듈", "장", "चरण", "स्तर", "भाग",
    "अध्याय", "المرحلة", "مرحلة", "الخطوة",
    # Vietnamese, Indonesian, Arabic, Persian, Czech, Danish, Finnish
    "giai đoạn", "bước", "phần", "cấp độ", "chương", "học phần", "tahap", "tahapan", "langkah", "bagian",
    "tingkat", "الوحدة", "الجزء", "المستوى", "القسم", "مرحله", "گام", "بخش", "فاز", "fáze", "krok", "část",
    "trin", "vaihe",
)  # fmt: skip
"""Words of a stretch of the way that is numbered."""

UNITS: dict[str, tuple[str, ...]] = {
    "days": (
        "day", "days", "tag", "tage", "tagen", "jour", "jours", "día", "días", "dia", "dias", "giorno", "giorni",
        "dag", "dagen", "dagar", "dzień", "dni", "gün", "день", "дни", "дней", "дня", "天", "日", "日目", "일",
        "일차", "दिन", "ngày", "hari", "hari ke", "اليوم", "يوم", "روز", "den", "päivä", "день",
    ),
    "weeks": (
        "week", "weeks", "wk", "wks", "woche", "wochen", "kw", "semaine", "semaines", "sem", "semana", "semanas",
        "settimana", "settimane", "weken", "vecka", "veckor", "tydzień", "tygodnie", "tygodni", "hafta", "неделя",
        "недели", "недель", "неделю", "нед", "тиждень", "тижні", "周", "週", "星期", "週目", "周目", "週間", "주",
        "주차", "सप्ताह", "हफ्ता", "हफ़्ता", "الأسبوع", "tuần", "minggu", "pekan", "minggu ke", "أسبوع",
        "الأسابيع", "هفته", "týden", "týdny", "viikko", "uge", "тижнів",
    ),
    "months": (
        "month", "months", "mo", "monat", "monate", "monaten", "mois", "mes", "meses", "mês", "mese", "mesi",
        "maand", "maanden", "månad", "månader", "miesiąc", "miesiące", "miesięcy", "ay", "месяц", "месяцы",
        "месяца", "месяцев", "мес", "місяць", "个月", "個月", "ヶ月", "ヶ月目", "か月", "か月目", "カ月",
        "カ月目", "月目", "개월", "개월차", "महीना", "महीने", "माह", "الشهر", "tháng", "bulan", "bulan ke", "شهر",
        "ماه", "měsíc", "kuukausi", "måned",
    ),
    "quarters": (
        "quarter", "quarters", "quartal", "quartale", "trimestre", "trimestres", "trimestri", "kwartaal",
        "kvartal", "kwartał", "çeyrek", "квартал", "кварталы", "季度", "四半期", "분기", "तिमाही", "quý",
        "kuartal", "triwulan", "الربع",
    ),
    "semesters": (
        "semester", "semesters", "half", "halbjahr", "semestre", "semestres", "semestri", "semestr", "dönem",
        "семестр", "полугодие", "学期", "學期", "半年", "학기", "सेमेस्टर", "học kỳ", "الفصل",
    ),
    "years": (
        "year", "years", "jahr", "jahre", "jahren", "année", "années", "an", "ans", "año", "años", "ano", "anos",
        "anno", "anni", "jaar", "år", "rok", "lata", "yıl", "год", "года", "годы", "лет", "рік", "年", "年目",
        "년", "년차", "वर्ष", "साल", "năm", "tahun", "السنة", "سنة", "سال",
    ),
    "terms": ("term", "terms", "trimester"),
}  # fmt: skip
"""Words of a stretch of time."""

WORKS = (
    "task", "project", "exercise", "lab", "assignment", "lesson", "lecture", "challenge", "problem", "session",
    "kata", "ticket", "story", "activity", "homework", "experiment", "workshop", "quest", "mission", "item",
    "todo", "aufgabe", "projekt", "übung", "lektion", "sitzung", "tâche", "tache", "projet", "exercice", "leçon",
    "séance", "tarea", "proyecto", "ejercicio", "lección", "reto", "sesión", "actividad", "tarefa", "projeto",
    "exercício", "aula", "lição", "desafio", "atividade", "compito", "progetto", "esercizio", "lezione", "sfida",
    "taak", "opdracht", "oefening", "les", "uppgift", "övning", "zadanie", "lekcja", "görev", "proje", "ders",
    "задача", "задание", "проект", "урок", "упражнение", "лекция", "任务", "任務", "项目", "項目", "课", "課",
    "练习", "課題", "タスク", "プロジェクト", "レッスン", "演習", "과제", "프로젝트", "강", "कार्य", "परियोजना",
    "पाठ",
)  # fmt: skip
"""Words of a single piece of work that is numbered."""

COURSES = (
    "course", "courses", "class", "classes", "kurs", "kurse", "cours", "curso", "cursos", "corso", "corsi", "курс",
    "курсы", "课程", "講座", "과목",
)  # fmt: skip
"""What a curriculum is made of."""

LONE_WORKS = (
    "capstone", "final project", "capstone project", "bonus project", "abschlussprojekt", "projet final",
    "proyecto final", "projeto final", "progetto finale",
)  # fmt: skip
"""Words of a piece of work that stands alone."""

HORIZONS = (
    "now", "next", "later", "soon", "someday", "backlog", "icebox", "current", "currently", "upcoming",
    "coming soon", "coming next", "up next", "in progress", "in development", "in review", "in beta", "wip",
    "doing", "to do", "todo", "todos", "planned", "planning", "ideas", "exploring", "exploration", "researching",
    "under consideration", "considering", "future", "future plans", "future work", "future releases",
    "future ideas", "long term", "mid term", "medium term", "short term", "near term", "immediate", "wishlist",
    "wish list", "nice to have", "stretch goals", "unscheduled", "unreleased", "parking lot", "beyond", "blocked",
    "on hold", "next up", "next release", "this month", "this quarter", "this year", "next quarter", "next year",
    "high priority", "medium priority", "low priority", "must have", "should have", "could have", "jetzt",
    "als nächstes", "später", "demnächst", "in arbeit", "geplant", "ideen", "kurzfristig", "mittelfristig",
    "langfristig", "zukunft", "maintenant", "ensuite", "plus tard", "en cours", "prévu", "à venir", "court terme",
    "moyen terme", "long terme", "idées", "ahora", "siguiente", "después", "más adelante", "próximamente",
    "en curso", "en progreso", "planeado", "planificado", "corto plazo", "medio plazo", "mediano plazo",
    "largo plazo", "agora", "próximo", "depois", "em andamento", "em progresso", "planejado", "curto prazo",
    "médio prazo", "longo prazo", "adesso", "prossimo", "prossimamente", "in corso", "pianificato",
    "breve termine", "medio termine", "lungo termine", "сейчас", "далее", "потом", "позже", "в работе",
    "запланировано", "планы", "идеи", "бэклог", "进行中", "計画中", "计划中", "短期", "中期", "长期", "長期",
    "待办", "未来", "今後", "進行中", "予定", "진행 중", "예정", "단기", "중기", "장기",
    "on the horizon", "current focus", "current work", "in focus", "over the horizon", "maybe one day", "one day",
    "eventually", "far future", "in the future",
    "parking lot", "parked", "committed",
    "some day",
    "maybe",
    "maybe later", "proposed", "proposals", "candidates", "queued",
    "futuro", "no futuro", "en el futuro", "in futuro", "à l avenir", "futur", "toekomst", "будущее", "в будущем",
    "将来", "미래", "kelak", "nanti", "sekarang", "tương lai", "hiện tại", "gelecek", "şimdi", "później", "teraz",
    "nu", "straks",
)  # fmt: skip
"""Whole headings of a stretch of the way that is named by how near it is."""

FINISHED = (
    "shipped", "done", "completed", "complete", "released", "finished", "delivered", "launched",
    "recently shipped", "recently completed", "already done", "erledigt", "fertig", "abgeschlossen",
    "veröffentlicht", "terminé", "fait", "livré", "hecho", "completado", "terminado", "lanzado", "feito",
    "concluído", "concluido", "entregue", "fatto", "completato", "finito", "rilasciato", "готово", "сделано",
    "выполнено", "завершено", "已完成", "已发布", "完了", "完成", "リリース済み", "完료", "완료",
)  # fmt: skip
"""Whole headings of what is done."""

GRADES = (
    "beginner", "beginners", "novice", "intermediate", "advanced", "expert", "master", "mastery", "basic",
    "basics", "fundamentals", "foundation", "foundations", "junior", "mid level", "senior", "capstone",
    "final project", "bonus", "extra", "extras", "anfänger", "fortgeschrittene", "fortgeschritten", "grundlagen",
    "profi", "experte", "débutant", "intermédiaire", "avancé", "confirmé", "bases", "principiante", "intermedio",
    "avanzado", "básico", "iniciante", "intermediário", "avançado", "avanzato", "base", "начальный", "средний",
    "продвинутый", "новичок", "初级", "中级", "高级", "入门", "进阶", "初級", "中級", "上級", "입문", "초급",
    "중급", "고급",
)  # fmt: skip
"""Whole headings of how far somebody is; they follow one another like phases."""

_ORDINALS = """\
first 1st erste erster erstes ersten première premier primera primer primero primeira primeiro prima primo \
eerste första pierwszy первый первая первое 1er 1re 1ère 1º 1ª one eins un uno um
second 2nd zweite zweiter zweites zweiten deuxième seconde segunda segundo seconda secondo tweede andra \
drugi второй вторая второе 2e 2ème 2º 2ª two zwei deux dos dois due
third 3rd dritte dritter drittes dritten troisième tercera tercer tercero terceira terceiro terza terzo \
derde tredje trzeci третий третья третье 3e 3ème 3º 3ª three drei trois tres três tre
fourth 4th vierte vierter viertes vierten quatrième cuarta cuarto quarta quarto vierde fjärde czwarty \
четвертый четвёртый четвертая четвёртая 4e 4ème 4º 4ª four vier quatre cuatro quatro quattro
fifth 5th fünfte fünfter fünftes fünften cinquième quinta quinto vijfde femte piąty пятый пятая 5e 5ème 5º \
5ª five fünf cinq cinco cinque
sixth 6th sechste sechster sixième sexta sexto sesta sesto zesde sjätte szósty шестой шестая 6e 6ème 6º 6ª \
six sechs seis sei
seventh 7th siebte siebter septième séptima séptimo sétima sétimo settima settimo zevende седьмой seven
eighth 8th achte achter huitième octava octavo oitava oitavo ottava ottavo achtste восьмой eight
ninth 9th neunte neunter neuvième novena noveno nona nono negende девятый nine
tenth 10th zehnte zehnter dixième décima décimo decima decimo tiende десятый ten
"""

ORDINALS: dict[str, int] = {
    word: number for number, words in enumerate(_ORDINALS.splitlines(), 1) for word in words.split()
}
"""Ordinals and numbers in words."""

HAN_NUMBERS = "一二三四五六七八九十"

_MONTHS = """\
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep oct nov dec
januar februar märz april mai juni juli august september oktober november dezember
jän feb mär apr mai jun jul aug sept okt nov dez
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
janv févr mars avr mai juin juil août sept oct nov déc
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago sep oct nov dic
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
jan fev mar abr mai jun jul ago set out nov dez
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen feb mar apr mag giu lug ago set ott nov dic
januari februari maart april mei juni juli augustus september oktober november december
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
"""

MONTHS: dict[str, int] = {
    name: number for names in _MONTHS.splitlines() for number, name in enumerate(names.split(), 1)
}
"""Names of months and what they are cut to."""

SEASONS = (
    "spring", "summer", "autumn", "fall", "winter", "frühling", "frühjahr", "sommer", "herbst", "printemps",
    "été", "automne", "hiver", "primavera", "verano", "otoño", "invierno", "verão", "outono", "inverno", "estate",
    "autunno", "весна", "лето", "осень", "зима",
)  # fmt: skip
"""Seasons: they say when, but not which days."""

THROUGH = (
    "to", "through", "thru", "until", "till", "and", "bis", "und", "à", "au", "et", "a", "al", "y", "hasta",
    "até", "ao", "e", "fino", "tot", "do", "до", "по", "и", "至", "到", "から",
)  # fmt: skip
"""What stands between the two ends of a window, besides a dash."""

OPEN_END = (
    "onwards", "onward", "and beyond", "beyond", "and later", "and on", "ongoing", "fortlaufend", "und später",
    "et plus", "et au-delà", "en adelante", "y más allá", "em diante", "in poi", "и далее", "以降", "以后",
    "이후",
)  # fmt: skip
"""What stands behind a window that has no end."""

OPEN_START = (
    "from", "starting", "since", "ab", "seit", "à partir de", "dès", "a partir de", "desde", "da", "con inizio",
    "с", "от",
)  # fmt: skip
"""What stands before a window that has no end."""

ASIDE = (
    "resources", "resource", "references", "reference", "further reading", "reading list", "reading order",
    "recommended reading", "additional reading", "bibliography", "links", "useful links", "faq", "faqs",
    "frequently asked questions", "license", "licence", "licensing", "contributing", "contribution",
    "contributions", "how to contribute", "contributors", "table of contents", "contents", "toc", "index",
    "how this works", "how it works", "how to use", "how to use this", "how to influence", "get involved",
    "getting involved", "acknowledgements", "acknowledgments", "acknowledgement", "credits", "author", "authors",
    "about the author", "contact", "contacts", "support", "feedback", "disclaimer", "legend", "key", "changelog",
    "change log", "revision history", "version history", "document history", "history", "what we will not",
    "what we won t", "not planned", "non goals", "non goal", "out of scope", "anti goals", "wont do", "won t do",
    "will not do", "books", "textbooks", "recommended books", "learning strategies", "study tips", "tips",
    "tips and tricks", "advice", "glossary", "star history", "stargazers", "sponsors", "donate", "badges",
    "social", "related projects", "similar projects", "success metrics", "metrics", "disclosure",
    "code of conduct", "definition of done", "acceptance criteria", "instructors", "maintainers", "translations",
    "languages", "installation", "inhalt", "inhaltsverzeichnis", "ressourcen", "quellen", "literatur", "lizenz",
    "mitwirken", "mitmachen", "häufige fragen", "fragen und antworten", "haftungsausschluss", "kontakt",
    "danksagung", "impressum", "voraussetzungen", "nützliche links", "tipps", "bücher", "ressources", "liens",
    "liens utiles", "références", "licence", "contribuer", "sommaire", "table des matières",
    "questions fréquentes", "avertissement", "remerciements", "auteur", "conseils", "livres", "prérequis",
    "recursos", "enlaces", "enlaces útiles", "referencias", "licencia", "contribuir", "cómo contribuir", "índice",
    "contenido", "tabla de contenidos", "preguntas frecuentes", "descargo de responsabilidad", "agradecimientos",
    "autor", "autora", "consejos", "libros", "contacto", "requisitos", "referências", "licença",
    "como contribuir", "sumário", "perguntas frequentes", "agradecimentos", "dicas", "livros", "contato",
    "tecnologias", "pré requisitos", "risorse", "riferimenti", "licenza", "contribuire", "come contribuire",
    "indice", "domande frequenti", "contatti", "ringraziamenti", "autore", "consigli", "libri", "prerequisiti",
    "полезные ссылки", "ссылки", "ресурсы", "литература", "источники", "лицензия", "содержание", "оглавление",
    "вопросы и ответы", "частые вопросы", "контакты", "автор", "благодарности", "советы", "книги", "推荐资料",
    "参考资料", "参考文献", "资源", "推荐资源", "参考", "常见问题", "许可证", "许可", "贡献", "如何贡献", "目录",
    "致谢", "联系", "联系方式", "作者", "书籍", "书单", "ライセンス", "リソース", "参考リンク", "目次",
    "よくある質問", "貢献", "謝辞", "書籍", "참고 자료", "참고", "자료", "목차", "라이선스", "기여",
    "자주 묻는 질문", "संसाधन", "लाइसेंस", "संदर्भ", "योगदान", "instructors", "instructor", "teachers",
    "speakers", "maintainers", "help wanted", "offline access", "release cycle", "status reports",
    "definition of done", "how to take it", "how to take this course", "community", "join us",
    "tài liệu tham khảo", "tài liệu", "nguồn tài liệu", "liên kết", "giấy phép", "đóng góp", "mục lục",
    "câu hỏi thường gặp", "tác giả", "liên hệ", "sumber belajar", "sumber", "sumber daya", "referensi", "lisensi",
    "kontribusi", "daftar isi", "tautan", "penulis", "kaynaklar", "kaynak", "katkıda bulunma", "katkı", "lisans",
    "içindekiler", "sık sorulan sorular", "iletişim", "المصادر", "المراجع", "الموارد", "مصادر", "مراجع",
    "المساهمة", "الترخيص", "الفهرس", "المحتويات", "منابع", "فهرست", "materiały", "źródła", "zasoby", "licencja",
    "spis treści", "przydatne linki", "autor", "bronnen", "licentie", "bijdragen", "inhoudsopgave", "resurser",
    "källor", "licens", "zdroje", "kilder", "ресурси", "ліцензія", "зміст", "корисні посилання", "джерела",
)  # fmt: skip
"""Headings of what is never work, whatever stands below them."""

TOPICAL = (
    "languages", "translations", "index", "history", "key", "support", "social", "installation", "badges", "contact",
    "contacts", "community", "metrics", "reference", "references", "vision", "statistics", "stats", "concepts",
    "principles", "values", "strategy", "approach", "tools", "technologies", "background", "usage", "features",
    "methodology", "risks", "dependencies", "constraints", "skills", "status", "philosophy", "requirements", "links",
    "schedule", "why", "progress", "grundlagen", "werkzeuge", "sprachen", "geschichte", "outils", "langues",
    "histoire", "herramientas", "idiomas", "historia", "ferramentas", "história", "strumenti", "lingue", "storia",
    "инструменты", "история",
)  # fmt: skip
"""Words that name what is to be learned as soon as another word says of what: computer vision, art history."""

QUALIFIERS = (
    "the", "my", "our", "your", "this", "these", "project", "general", "recommended", "useful", "helpful",
    "additional", "other", "more", "further", "main", "key", "overall", "personal", "required", "suggested",
    "success", "course", "study", "roadmap", "plan", "quick", "external", "related", "current", "and", "of", "for",
    "learning", "favorite", "favourite", "good", "best", "free", "some", "all", "any", "version", "star", "progress",
    "unsere", "meine", "die", "nützliche", "weitere", "mes", "nos", "les", "mis", "los", "las", "útiles", "meus",
    "minhas", "os", "as", "i", "gli", "le", "utili",
)  # fmt: skip
"""Words before them that do not say of what."""

LEGENDS = (
    "legend", "status legend", "legend for status", "markers", "status markers", "checkbox legend", "checkbox states",
    "legende", "zeichenerklärung", "légende", "leyenda", "legenda", "легенда", "обозначения", "图例", "凡例", "범례",
)  # fmt: skip
"""Labels over what signs mean."""

AROUND = (
    "introduction", "intro", "about", "about this", "overview", "summary", "motivation", "background", "purpose",
    "purpose of this document", "preface", "foreword", "why", "vision", "mission", "goal", "goals", "objective",
    "objectives", "outcome", "outcomes", "learning outcomes", "learning objectives", "prerequisites",
    "requirements", "tools", "tech stack", "technologies", "notes", "note", "conclusion", "final thoughts",
    "insights", "key insights", "takeaways", "key takeaways", "lessons learned", "common mistakes", "pitfalls",
    "final words", "principles", "values", "philosophy", "features", "status", "skills",
    "key skills", "key concepts", "concepts", "benefits", "advantages", "strategy", "approach", "methodology",
    "assumptions", "constraints", "risks", "dependencies", "audience", "who is this for", "usage", "progress",
    "progress tracker", "time commitment", "schedule overview", "roadmap overview", "criteria", "einleitung",
    "einführung", "überblick", "übersicht", "ziel", "ziele", "werkzeuge", "hinweise", "zusammenfassung",
    "objectif", "objectifs", "aperçu", "outils", "remarques", "objetivo", "objetivos", "introducción",
    "herramientas", "notas", "resumen", "introdução", "visão geral", "ferramentas", "obiettivo", "obiettivi",
    "introduzione", "panoramica", "strumenti", "note", "введение", "обзор", "цель", "цели", "инструменты",
    "заметки", "简介", "介绍", "前言", "概述", "目标", "工具", "はじめに", "概要", "目標", "ツール", "소개",
    "개요", "목표", "परिचय", "उद्देश्य",
)  # fmt: skip
"""Headings of what is no work where it is told in sentences and plain lists; boxes below them are work."""
