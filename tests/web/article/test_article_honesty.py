"""Does the article keep to what is known, and say first what matters most?"""

import re
from datetime import date, timedelta

import pytest

BENEFITS = "What studies in OCD have found"
HARMS = "Harms and risks"
VISIT = "What a visit involves"

BANNED = (
    r"cures?|cured|curing|curative",
    r"miracles?|miraculous",
    r"breakthroughs?",
    r"re-?wir\w*",
    r"heal(?:s|ed|ing)?",
    r"guarantee\w*",
    r"proven",
    r"eligib\w*",
    r"candidates?",
    r"promising",
    r"(?:treatment-)?(?:resistant|refractory)",
    r"irrational",
    r"high(?:ly)? effective|efficacy rate",
    r"low(?:er)? risk",
)

SAFE = re.compile(r"(?<!not known to be )\bsafe(?:ly|r|st|ty)?\b", re.IGNORECASE)
"""`unsafe` is another word; "not known to be safe" is allowed."""

# What the fact check of the clinic's first article asks for, in words of the text.
TOPICS = {
    "images and urges": r"thoughts, images or urges",
    "insight varies": r"know that the fear is too big. Others are less sure",
    "mental rituals": r"Mental rituals",
    "symmetry": r"symmetry",
    "taboo thoughts": r"Taboo thoughts",
    "relief keeps the cycle going": r"relief is real, but it is short",
    "ERP": r"Exposure and response prevention",
    "OCD doses": r"OCD often needs a higher dose",
    "about twelve weeks": r"about 12 weeks",
    "many were never full trials": r"too short, too low, or the wrong kind",
    "a full trial of ERP": r"13 to 20 sessions",
    "approved as an anesthetic": r"in the United States as a general anesthetic",
    "off-label": r"off-label",
    "use outgrew evidence": r"grown faster than the evidence",
    "esketamine": r"Spravato",
    "one dose in few people": r"Most tested one single dose",
    "repeated infusions untested": r"no controlled trial of repeated infusions",
    "the model is a hypothesis": r"An idea being tested",
    "NMDA": r"NMDA receptor",
    "plasticity is from animals": r"Seen in animals",
    "not shown in people": r"not been shown in people with OCD",
    "Rodriguez 2013": r"4 of 8 people had responded to ketamine, and 0 of 7",
    "Bloch 2012": r"0 of 10 responded",
    "depression in Bloch 2012": r"4 of 7 people who also had depression",
    "Rodriguez 2016": r"10 people began one infusion and 9 finished",
    "the authors on duration": r"effects of ketamine usually do not last",
    "Beaglehole": r"12 people with severe OCD started and 10 finished",
    "a spray trial stopped": r"stopped early with 2 people",
    "Bandeira 2022": r"9 reports on OCD. Only 3 were trials",
    "Kwan 2024": r"8 points on a 40-point scale",
    "larger studies": r"planned for 120 people",
    "not a crisis treatment": r"not a treatment for a crisis",
    "not shown to prevent suicide": r"not been shown to prevent suicide",
    "delayed worsening": r"2 had low mood, more fear and thoughts of suicide",
    "SRIs are not addictive": r"not controlled drugs and are not thought to be add",
    "discontinuation": r"Stopping all at once can still make you feel ill",
    "no comparison of side effects": r"No study shows that ketamine is easier",
    "dissociation": r"dissociation",
    "blood pressure": r"highest about 40 minutes",
    "nausea": r"dizzy, sick, or very sleepy",
    "breathing": r"slowed breathing",
    "esketamine for scale": r"48 to 61 of every 100",
    "bladder": r"0 to about 25 of every 100",
    "liver": r"Repeated doses can harm the liver",
    "misuse": r"come to crave ketamine",
    "Schedule III": r"Schedule III",
    "two of twelve left": r"2 of 12 people left",
    "ERP lasts": r"often lasts after the sessions end",
    "relapse after SRIs": r"OCD often comes back after stopping",
    "one week": r"longest controlled follow-up in OCD that we found is about one week",
    "no remission shown": r"No trial that we found shows lasting remission",
    "being studied": r"is being studied",
    "FDA warnings": r"In 2022 and 2023 the FDA warned",
    "who should not": r"bulge \(aneurysm\)",
    "pregnancy": r"pregnancy",
    "psychosis": r"psychosis",
    "escort": r"An adult takes you home",
    "driving": r"Do not drive until the next day",
    "cost": r"500 to 1,000 US dollars",
    "six or more": r"six or more",
    "blinding": r"easy to guess which one you got",
    "no long-term data": r"almost no long-term data",
    "clomipramine": r"clomipramine",
    "antipsychotic": r"antipsychotic",
    "TMS": r"TMS",
    "DBS": r"deep brain stimulation",
    "keep taking medicines": r"do not stop or change a medicine on your own",
    "questions to ask": r"Have I had a full trial",
}


def test_the_first_hundred_words_say_what_matters_most(prose):
    first = " ".join(prose.split()[:100])

    assert "off-label" in first
    assert "not FDA-approved for OCD" in first
    assert "evidence is early" in first


@pytest.mark.parametrize("pattern", BANNED)
def test_no_word_promises_too_much_or_labels_the_reader(prose, pattern):
    found = re.findall(rf"\b(?:{pattern})\b", prose, re.IGNORECASE)

    assert found == []


def test_nothing_is_called_safe(prose):
    assert SAFE.findall(prose) == []


@pytest.mark.parametrize(
    ("sentence", "is_refused"),
    [
        ("Ketamine is safe.", True),
        ("It is safer at home.", True),
        ("It is not known to be safe.", False),
        ("Driving that day is unsafe.", False),
    ],
)
def test_the_check_for_safe_tells_a_claim_from_a_caution(sentence, is_refused):
    assert bool(SAFE.search(sentence)) is is_refused


@pytest.mark.parametrize("topic", TOPICS)
def test_each_point_of_the_fact_check_is_made(prose, topic):
    plain = " ".join(prose.replace("*", "").split())

    assert re.search(TOPICS[topic], plain, re.IGNORECASE)


def test_harms_take_at_least_as_many_words_as_benefits(parts):
    benefits, harms = (len(parts[name].split()) for name in (BENEFITS, HARMS))

    assert harms >= benefits


def test_harms_stand_before_anything_about_a_visit(parts):
    order = list(parts)

    assert order.index(HARMS) < order.index(VISIT)


def test_no_percentage_stands_in_for_people(prose):
    assert re.findall(r"%|\bper ?cent", prose) == []


@pytest.mark.parametrize("title", [BENEFITS, HARMS])
def test_each_result_tells_how_many_people_there_were(parts, title):
    text = parts[title].lower()

    counts = re.findall(
        r"\d+ of (?:every )?\d+|of every \d+|\d+ (?:people|adults)", text
    )
    assert len(counts) >= 5


def test_each_paragraph_with_a_number_names_its_source(markdown):
    unsourced = [
        line[:60]
        for line in markdown.splitlines()
        if re.search(r"\d", re.sub(r"\[@[^\]]*\]", "", line))
        and "[@" not in line
        and not line.startswith(("#", "{{"))
    ]

    assert unsourced == []


def test_each_listed_source_is_cited_and_each_cited_one_is_known(article, sources):
    cited = {reference.source_id for reference in article.references}

    assert cited <= set(sources)
    assert [reference.number for reference in article.references] == list(
        range(1, len(cited) + 1)
    )


def test_each_reference_says_how_far_it_was_checked(article):
    assert all(reference.basis for reference in article.references)


def test_each_reference_leads_somewhere_unless_it_is_a_judgement(article):
    without = {
        reference.source_id
        for reference in article.references
        if not reference.source.url
    }

    assert without == {"project_judgement"}


def test_crisis_help_stands_beside_the_talk_of_suicide_and_at_the_end(article):
    holding = [
        section.title for section in article.sections if "tel:988" in str(section.html)
    ]

    assert holding == [HARMS, "If you need help now"]


def test_the_article_says_who_wrote_it_when_and_with_what_interests(article):
    about = str(article.sections[-1].html)

    assert article.authors in about
    assert article.interests in about
    assert "November 23, 2026" in about


def test_an_article_past_its_review_date_is_known_to_be_due(article):
    day_after = article.review_due + timedelta(days=1)

    assert article.is_due(day_after)
    assert not article.is_due(article.review_due)
    assert article.reviewed == date(2026, 11, 23)
