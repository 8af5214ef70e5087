using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Use.Model;

/// <summary>The decisions that only an objection to a use has (art. 21(1); R-OBJECT). A repetition comes to nothing.</summary>
public static class UseDecisions
{
    private const char Between = ' '; // no id of a data set has one

    /// <summary>The holds that stop the use while it is weighed, one for each data set.</summary>
    public static IReadOnlyList<Hold> HoldsOf(UseRequest request, IEnumerable<string> dataSets) => dataSets.Select(set => new Hold(
        Hold.IdOf(request.Id, set), HoldKind.Restriction, set, "A person objected to this use (GDPR art. 21(1)).", "privacy-team",
        request.Due.On)).ToList();

    /// <summary>
    /// What they become once the person was found to be right: the use stays stopped, and nothing keeps the data. Nobody has to review that.
    /// </summary>
    public static IReadOnlyList<Hold> UpheldHoldsOf(UseRequest request) => request.Holds.Select(hold => hold with
    {
        Kind = HoldKind.Objection, Ground = "A person was right to object to this use (GDPR art. 21(1)).",
    }).ToList();

    /// <summary>The data sets that a state or fact names.</summary>
    public static IReadOnlyList<string> SetsIn(string? dataSets) =>
        (dataSets ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The holds are in force.</summary>
    public static Decision NoteStopped(UseRequest request, IEnumerable<string> dataSets, DateTimeOffset legalNow) =>
        request.Status == CaseStatus.Confirmed
            ? new Decision.Change(new UseFact.UseStopped(legalNow, string.Join(Between, dataSets)))
            : Decision.Nothing;

    /// <summary>
    /// An operator weighed it: the first decision stands, unless it is withdrawn. Only who has read all that the person wrote can decide,
    /// and nobody while the person is asked something.
    /// </summary>
    /// <param name="request">The case.</param>
    /// <param name="outcome">What it came to.</param>
    /// <param name="isToldByHand">Whether they told the person, whom no mail reaches.</param>
    /// <param name="by">Who decided it.</param>
    /// <param name="explanation">The name under which their words are kept.</param>
    /// <param name="read">How many statements they have read.</param>
    public static Decision Weigh(UseRequest request, Weighing outcome, bool isToldByHand, string by, string explanation, int read) =>
        request is { Status: CaseStatus.AwaitingDecision, HasUnread: false, AwaitsAnswer: false } && request.Statements == read
            ? new Decision.Change(new UseFact.Weighed(outcome, by, isToldByHand, explanation))
            : Decision.Nothing;

    /// <summary>The use stays stopped, and the person was told as far as they could be.</summary>
    public static Decision NoteUpheldTold(UseRequest request, DateTimeOffset legalNow) =>
        request is { Status: CaseStatus.Restricted, ToldAt: null }
            ? new Decision.Change(new UseFact.UpheldTold(legalNow))
            : Decision.Nothing;
}
