"""The words that point to what kind of document it is, whom it is for and who speaks in it.

Each clue is a pattern over small letters and what it is worth: in the text it counts up to three times, in a
heading twice more, in the title six times more. A word said fifty times is still one clue.
"""

from __future__ import annotations

from collections.abc import Mapping

Clues = tuple[tuple[str, float], ...]

KINDS: Mapping[str, Clues] = {
    "research-paper": (
        (r"\bdoi:? ?(?:https?://doi\.org/)?10\.\d{4}", 3),
        (r"\babstract\b", 2),
        (r"\bmethods?\b", 0.5),
        (r"\bparticipants\b", 1),
        (r"\brandomi[sz]ed\b", 1),
        (r"\b(?:qualitative|quantitative|pilot|mixed[- ]methods?) (?:study|interviews|analysis)\b", 2),
        (r"\bet al\.", 1),
        (r"\bjournal of\b", 1),
        (r"\breferences\b", 0.5),
        (r"\b(?:this|our) (?:study|paper|article)\b", 1),
    ),
    "review": (
        (r"\b(?:systematic|scoping|literature|narrative|rapid|umbrella|evidence) review\b", 3),
        (r"\bmeta-?analys[ie]s\b", 3),
        (r"\bincluded studies\b", 2),
        (r"\bprisma\b", 2),
        (r"\bwhat (?:the )?(?:research|evidence) says\b", 3),
    ),
    "charter": (
        (r"\bcharter\b", 2),
        (r"\bposition (?:statement|paper)\b", 3),
        (r"\bdeclaration\b", 2),
        (r"\bwhat we stand for\b", 2),
        (r"\bwe believe\b", 1),
    ),
    "framework": (
        (r"\bframework\b", 2),
        (r"\bmodel of\b", 0.5),
        (r"\bstrategic\b", 0.5),
        (r"\b(?:practice )?principles\b", 0.5),
        (r"\bcompetenc(?:y|ies)\b", 0.5),
        (r"\bdomains?\b", 0.5),
    ),
    "guideline": (
        (r"\bguidelines?\b", 2.5),
        (r"\bguides?\b", 2),
        (r"\bhandbook\b", 3),
        (r"\btool ?kit\b", 3),
        (r"\b(?:good|best) practice\b", 1),
        (r"\btips\b", 1.5),
        (r"\bhow to\b", 1),
        (r"\bstep[- ]by[- ]step\b", 1),
        (r"\bmanual\b", 2),
        (r"\byour first \w+", 1),
        (r"^before you (?:start|begin)\b", 1),
    ),
    "training-module": (
        (r"\b(?:training )?module \d+\b", 4),
        (r"\bmodules?\b", 1),
        (r"\blearning (?:objectives|outcomes|goals)\b", 3),
        (r"\bby the end of (?:this|the) (?:module|session|training)\b", 3),
        (r"\b(?:facilitator|trainer)[’']?s? (?:guide|notes?|script|manual)\b", 3),
        (r"\bworkbook\b", 3),
        (r"\b(?:facilitat\w+|trainers?)\b.{0,40}\b(?:scripts?|guides?|notes|training|manual)\b", 1.5),
        (r"\b(?:session|activity|exercise|lesson|handout) \d+\b", 1.5),
        (r"\bparticipants? (?:guide|manual|handbook)\b", 3),
        (r"\btraining\b", 0.5),
        (r"\bslide \d+\b", 1),
        (r"\brole[- ]play\b", 1),
        (r"\bhomework\b", 0.5),
    ),
    "template": (
        (r"\btemplate\b", 3),
        (r"\bsample (?:form|letter|agreement|policy|contract)\b", 3),
        (r"\b(?:application|referral|consent|feedback|evaluation) form\b", 3),
        (r"\bchecklist\b", 2),
        (r"_{6,}|\.{8,}", 2),
        (r"\bsign(?:ature|ed)\b", 1.5),
        (r"\bposition description\b", 3),
        (r"\bagreement\b", 1),
        (r"\b(?:questionnaire|worksheet|survey|assessment tool|rating scale|diary card)\b", 2),
        (r"[☐□]", 2),
    ),
    "fact-sheet": (
        (r"\bfact ?sheet\b", 4),
        (r"\b(?:information|tip|cheat) ?sheet\b", 4),
        (r"\b(?:brochure|leaflet|pamphlet|booklet)\b", 2),
        (r"\beasy (?:read|english)\b", 3),
        (r"\bat a glance\b", 2),
        (r"^what (?:is|are|does)\b", 1),
        (r"\bin plain (?:words|english|language)\b", 1),
    ),
    "story": (
        (r"\bmy (?:story|journey|experience|recovery)\b", 2),
        (r"\b(?:lived experience|recovery|personal) stor(?:y|ies)\b", 2),
        (r"\bin my own words\b", 3),
    ),
    "video": (
        (r"\btranscript\b", 3),
        (r"\bwebinar\b", 2),
        (r"\[(?:music|applause|laughter|pause)\]", 3),
        (r"\bvideo\b", 0.5),
        (r"\b\d?\d:\d\d(?::\d\d)?\b", 0.5),
    ),
    "policy": (
        (r"\bpolic(?:y|ies)\b", 1.5),
        (r"\bpolicy (?:statement|directive)\b", 2),
        (r"\bthis policy\b", 3),
        (r"\bprocedures?\b", 0.5),
        (r"\bact (?:19|20)\d\d\b", 1),
        (r"\blegislation\b", 1),
        (r"\bdirective\b", 1),
        (r"\bcompliance\b", 0.5),
    ),
    "directory-entry": (
        (r"\b(?:opening hours|how to (?:enrol|apply)|contact us)\b", 1),
        (r"\bphone:", 1),
        (r"\bchc\d{5}\b", 1),
        (r"\bcertificate i?[iv]+\b", 1),
        (r"\bdirectory\b", 2),
        (r"\beligibility\b", 0.5),
        (r"\bcourse (?:fees?|dates|code)\b", 2),
        (r"\bintake\b", 0.5),
    ),
}

AUDIENCES: Mapping[str, Clues] = {
    "consumers": (
        (r"\bfor (?:\w+ ){0,2}(?:consumers|service users|people who (?:use|have used)|everyone)\b", 1.5),
        (r"\b(?:your|a|the) peer (?:support )?worker (?:can|may|will|cannot|must not)\b", 2),
        (r"\b(?:mental health )?consumers?\b", 1),
        (r"\bservice users?\b", 1),
        (r"\beasy (?:read|english)\b", 4),
        (r"\byour (?:own )?(?:recovery|rights|mental health|wellbeing|treatment|medication|worker|doctor)\b", 2),
        (r"\bpeople (?:who (?:use|have used)|using) (?:\w+ ){0,4}services\b", 1),
        (r"\b(?:become|becoming|thinking of becoming) a peer (?:support )?worker\b", 2),
        (r"\bmy recovery\b", 2),
        (r"\b(?:find|finding|join|joining|choose|choosing) (?:a|the right) (?:\w+ ){0,3}group\b", 2),
        (r"\bself[- ](?:advocacy|help|care)\b", 0.5),
        (r"\byou (?:can|may) (?:ask|say no|complain|choose)\b", 2),
    ),
    "carers": (
        (r"\bfor (?:\w+ ){0,2}(?:carers|famil(?:y|ies)|friends|parents|loved ones)\b", 1.5),
        (r"\bcarers?\b", 1.5),
        (r"\bfamil(?:y|ies)(?:,)? (?:and|or|&|friends) (?:friends|carers|supporters|and carers)\b", 2),
        (r"\bcare-?givers?\b", 1.5),
        (r"\bfamil(?:y|ies)\b", 0.5),
        (r"\b(?:loved ones?|someone you (?:love|care (?:about|for)))\b", 3),
        (r"\bcaring for\b", 1),
        (r"\byour (?:son|daughter|partner|husband|wife|brother|sister|mother|father|relative|friend)\b", 1),
        (r"\bmy (?:son|daughter|partner|husband|wife|brother|sister)\b", 1),
    ),
    "staff": (
        (
            r"\bfor (?:\w+ ){0,2}(?:peer workers|staff|clinicians|facilitators|supervisors|practitioners|teams)\b",
            1.5,
        ),
        (r"\b(?:as|you are|being) (?:a|the) (?:\w+ )?(?:peer (?:support )?worker|facilitator|clinician)\b", 1.5),
        (r"\bpeer (?:support )?(?:workers?|practitioners?|specialists?)\b", 1),
        (r"\bclinicians?\b", 1),
        (r"\bpractitioners?\b", 0.5),
        (r"\b(?:peer |line )?supervis(?:ion|ors?)\b", 1.5),
        (r"\bstaff\b", 0.5),
        (r"\bfacilitat(?:ors?|ion|ing)\b", 1.5),
        (r"\bprofessional development\b", 1),
        (r"\blived experience work(?:ers?|force)\b", 1.5),
        (r"\btherapists?\b", 1),
        (r"\bnurses?\b", 0.5),
        (r"\byour (?:clients?|patients?|practice|caseload)\b", 1.5),
    ),
    "providers": (
        (r"\bfor (?:\w+ ){0,2}(?:employers|managers|organi[sz]ations|services|boards|leaders)\b", 1.5),
        (r"\b(?:your|our|the) organi[sz]ations?\b", 1),
        (r"\borgani[sz]ations?\b", 0.5),
        (r"\bemployers?\b", 2.5),
        (r"\brecruit(?:ment|ing|s)?\b", 1.5),
        (r"\bimplement(?:ation|ing)\b", 0.5),
        (r"\bservice providers?\b", 2),
        (r"\bworkforce\b", 1),
        (r"\bmanagers?\b", 1.5),
        (r"\bevaluat(?:ion|ing)\b", 1),
        (r"\bhir(?:e|ing)\b", 2),
        (r"\bgovernance\b", 1.5),
        (r"\b(?:board|chief executive|human resources)\b", 1),
        (r"\bposition description\b", 2),
        (r"\b(?:a|the|your) service\b", 0.5),
    ),
}

FOR_KIND: Mapping[str, Mapping[str, float]] = {
    "policy": {"providers": 5, "staff": 4},
    "template": {"providers": 3, "staff": 3},
    "framework": {"providers": 5, "staff": 4},
    "charter": {"consumers": 4, "carers": 3, "staff": 4, "providers": 4},
    "training-module": {"staff": 5},
    "guideline": {"staff": 2},
    "story": {"consumers": 5, "staff": 1},
    "fact-sheet": {"consumers": 3, "carers": 1},
    "video": {"staff": 1, "consumers": 1},
    "research-paper": {"staff": 4, "providers": 4},
    "review": {"staff": 4, "providers": 4},
    "directory-entry": {"consumers": 3},
}
"""What a kind is worth to each audience by itself."""

SPEAKS: Mapping[str, Clues] = {
    "consumer-led": (
        (r"\b(?:consumer|peer|user|survivor)-(?:led|run)\b", 2),
        (r"\b(?:written|made|developed|created|led) by (?:people|peers|consumers|mental health consumers)\b", 3),
        (r"\bas a (?:consumer|service user|survivor|person with (?:a )?lived experience)\b", 2),
        (r"\bmy (?:own )?(?:recovery|lived experience|diagnosis|admission)\b", 2),
    ),
    "carer-led": (
        (r"\bcarer-(?:led|run)\b", 2),
        (r"\b(?:written|made|developed|led) by (?:carers|families|family members)\b", 3),
        (r"\bas a (?:carer|mother|father|parent|sister|brother|wife|husband|family member)\b", 2),
        (r"\bmy (?:son|daughter|husband|wife|brother|sister|partner)[’']?s?\b", 1),
    ),
    "co-produced": (
        (r"\bco-?(?:produced|designed|authored|written)\b", 2),
        (r"\b(?:developed|written|designed) (?:together )?with (?:people|consumers|carers|peers)\b", 3),
    ),
    "academic": (
        (r"\b(?:department|school|faculty|institute) of \w+", 1),
        (r"\buniversit(?:y|ies)\b", 1),
        (r"\b(?:corresponding author|conflicts? of interest|ethics approval|funding:)", 2),
        (r"\b(?:doi|issn|abstract|et al\.)", 1),
    ),
    "clinical": (
        (r"\b(?:clinical practice guidelines?|clinical guidelines?)\b", 3),
        (r"\b(?:psychiatrists?|psychologists?|clinicians?|therapists?)\b", 1),
        (r"\b(?:diagnos(?:is|es|tic)|symptoms?|dsm-?(?:5|iv|v)|icd-?1[01]|treatment)\b", 0.5),
        (r"\b(?:patients?|veterans?[’']? (?:affairs|health))\b", 0.5),
    ),
    "organisation": (
        (r"\b(?:this policy|our (?:organi[sz]ation|service|staff|board)|we employ|we offer|about us)\b", 2),
        (r"\b(?:position description|strategic plan|annual report)\b", 2),
        (r"\b(?:commission|department of health|ministry)\b", 1),
    ),
}

EVERYWHERE = frozenset({"peer-worker", "peer-support", "lived-experience", "consumer", "carer"})
"""Topics whose words nearly every document of this field says: only its title and headings tell."""

TOPICS: Mapping[str, tuple[str, ...]] = {
    "aboriginal-and-torres-strait-islander": ("Aboriginal", "Torres Strait Islander"),
    "alcohol-and-other-drugs": ("alcohol", "drinking", "drugs", "sobriety"),
    "boundaries": ("boundary", "setting limits", "saying no", "out of hours"),
    "carer": ("loved one", "someone you love", "family member", "families", "relatives"),
    "co-production": ("shared decisions", "deciding together", "sharing power"),
    "culturally-diverse-communities": ("interpreter", "translated", "cultural safety"),
    "evaluation": ("outcome measure", "indicators", "measuring", "feedback form"),
    "group-facilitation": ("facilitate", "facilitating", "co-facilitator", "group agreement", "group member"),
    "hope": ("hopeful", "hopelessness"),
    "human-rights": ("right to", "dignity", "complaint", "consent", "privacy"),
    "lgbtiq": ("pronouns", "gender identity", "sexuality"),
    "mutuality": ("mutual", "reciprocal", "give and take", "as equals"),
    "organisational-readiness": ("readiness", "ready for peer workers", "culture change"),
    "peer-supervision": ("supervision", "supervisor"),
    "purposeful-disclosure": ("disclose", "disclosure", "your own story", "what to share"),
    "recruitment": ("interview panel", "applicant", "position description", "employer", "job interview"),
    "restrictive-practice": ("secluded", "restrained", "locked ward"),
    "self-advocacy": ("speak up", "advocate", "say no"),
    "self-care": ("look after yourself", "take care of yourself", "exhausted"),
    "stigma": ("shame", "ashamed", "stereotype", "stigmatising"),
    "suicide-prevention": ("safety plan", "end their life", "ending your life"),
    "trauma-informed-practice": ("trauma", "traumatic"),
    "young-people": ("teenager", "high school"),
}
"""Topic of the list that the library begins with to words that point to it without meaning it: they count half."""
