using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Web;
using static PrivacyFunctions.Mail.LetterWords;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// The mails that only an erasure request sends: to the person, and by reference only to the Data Protection Officer.
/// </summary>
internal static class ErasureLetters
{
    private const string OfCustomers =
        "What our customers keep in our products is theirs, and we neither look into it nor erase it on our own. If you think "
        + "that one of them holds data about you there, please ask that company.";

    private static readonly string Backups =
        $"Our backups may hold older copies for at most {TerminationClock.BackupDays} days more. Until they are gone we keep "
        + "them from all other use.";

    /// <summary>Nothing is held about the owner of the mailbox.</summary>
    /// <param name="request">The case.</param>
    /// <param name="searched">The addresses under which the data was searched.</param>
    public static Letter Nothing(ErasureRequest request, IEnumerable<EmailAddress> searched) => new(
        "We hold no data about you",
        $"{Asked(request)} We searched everything that we are responsible for and found nothing about the owner of this mailbox, so "
            + "there was nothing to erase.",
        Searched(searched),
        OfCustomers,
        Rights.Complaint,
        Reference(request.Id));

    /// <summary>A hold was released, and what it had kept of an earlier erasure is not there any more.</summary>
    public static Letter NothingLeft(ErasureRequest request) => new(
        "What we had to keep is no longer there",
        $"{Asked(request)} What we had kept for that ground is no longer there, so there was nothing left to erase.",
        Rights.Complaint,
        Reference(request.Id));

    /// <summary>What was erased, what is kept and why (GDPR art. 12(3), 12(4), 17; rule L6).</summary>
    public static Letter Done(ErasureRequest request, ErasureOutcome outcome) => new(
        Subject(outcome), [.. Parts(request, outcome).Select(words => (Block)words), Rights.Complaint, Reference(request.Id)]);

    /// <summary>To the officer: a plan waits.</summary>
    public static Letter PlanWaits(ErasureRequest request) => new(
        "An erasure plan waits for approval",
        $"The plan of an erasure request waits for an operator. The person must have an answer by {Day(request.Due.On)}.",
        $"To look at it: GET /api/operator/cases/{request.Id}/plan. To approve it: POST its hash to "
            + $"/api/operator/cases/{request.Id}/plan/approval.",
        request.Resumes is { } earlier
            ? $"A hold was released that had kept something from the erasure {earlier}. Plan: {request.PlanHash}"
            : $"Plan: {request.PlanHash}",
        Reference(request.Id));

    /// <summary>To the officer: it still waits.</summary>
    public static Letter Escalation(ErasureRequest request) => new(
        "An erasure plan still waits for approval, and its time runs out",
        $"Nobody has approved the plan of an erasure request. The law gives the person an answer by {Day(request.Due.On)}.",
        $"Plan: {request.PlanHash}",
        Reference(request.Id));

    /// <summary>To the officer: a person has to find out whose data a hold had kept that is released.</summary>
    public static Letter AskWhose(ErasureRequest request, string hold) => new(
        "A hold was released, and somebody has to go on with an erasure",
        $"The hold {hold} had kept some data from an erasure request. It was released while that was being carried out, and the mailbox "
            + "may be somebody else's by now. Please find out whose data it is, and have them ask again if it is theirs.",
        Reference(request.Id));

    /// <summary>To the officer: recipients are to be told (art. 19).</summary>
    public static Letter TellRecipients(ErasureRequest request, IReadOnlyList<Recipient> recipients) => new(
        "Please tell the recipients of an erasure",
        "Data of a person was erased. These may have received some of it and are to be told, unless that is impossible or "
            + $"takes a disproportionate effort (GDPR art. 19): {Names(recipients).TrimEnd('.')}.",
        Reference(request.Id));

    private static string Subject(ErasureOutcome outcome) =>
        outcome.Erased.Count + outcome.Anonymised.Count == 0 ? "Your data has to stay, and why"
        : outcome.Kept.Count == 0 ? "Your data is erased"
        : "Your data is erased, and what we have to keep";

    private static string Asked(ErasureRequest request) => request.Resumes is { } earlier
        ? $"You asked us to erase your personal data (reference {earlier}), and we had to keep some of it. One of the grounds for that is "
            + "over, so we looked again."
        : "You asked us to erase your personal data.";

    private static IEnumerable<string> Parts(ErasureRequest request, ErasureOutcome outcome)
    {
        yield return $"{Asked(request)} This is what we did.";
        if (outcome.Erased.Count > 0) yield return $"Erased: {Titles(outcome.Erased)}.";
        foreach (var set in outcome.Anonymised) yield return $"No longer connected with you: {set.Title}. {set.Erasure.Words}";
        if (outcome.Erased.Count + outcome.Anonymised.Count == 0)
            yield return "We could not erase anything, because there is a ground for everything that we hold about you:";
        foreach (var kept in outcome.Kept.Distinct()) yield return $"Kept: {kept.DataSet.Title}. {Why(kept)}";
        if (outcome.Recipients.Count > 0)
            yield return $"These may have received some of it from us: {Names(outcome.Recipients).TrimEnd('.')}. Our Data Protection Officer "
                + "has been asked to tell them of the erasure (GDPR art. 19).";
        if (outcome.Erased.Count + outcome.Anonymised.Count > 0) yield return Backups;
        yield return Searched(outcome.Searched);
        yield return OfCustomers;
    }

    // A hold's own words are for operators: they may say more than the person may learn.
    private static string Why(KeptPart kept) => kept.Protection switch
    {
        HoldKind.Legal => "It is needed for a legal duty or a legal claim (GDPR art. 17(3)(b) and (e)) and stays until "
            + "that is over.",
        HoldKind.Restriction => "Its use is restricted while something is looked into (GDPR art. 18); it stays until that "
            + "is over.",
        _ => $"{kept.DataSet.Erasure.Words} Ground: {kept.DataSet.Erasure.Ground} How long: {kept.DataSet.Retention.Words}",
    };

    // Of what is kept for a time, only that part is erased whose time is over.
    private static string Titles(IEnumerable<DataSet> sets) => string.Join("; ", sets.Select(set =>
        set.Erasure.Action is ErasureAction.Retain ? $"{set.Title} (what no longer had to be kept)" : set.Title));

    private static string Names(IEnumerable<Recipient> recipients) =>
        string.Join("; ", recipients.Select(recipient => recipient.Name));
}
