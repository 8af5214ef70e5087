using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Erasure.Model;

/// <summary>What becomes of an item of an erasure request.</summary>
public enum ErasureFate
{
    /// <summary>It is deleted.</summary>
    Erase,

    /// <summary>It stays, and nothing in it names the person any more.</summary>
    Anonymise,

    /// <summary>It stays as it is, with a ground.</summary>
    Retain,
}

/// <summary>What the data map says of a data set.</summary>
/// <param name="DataSet">Which.</param>
/// <param name="Fate">What a request does to it.</param>
/// <param name="Ground">Why it is kept; set exactly for <see cref="ErasureFate.Retain"/>.</param>
public sealed record ErasureRule(string DataSet, ErasureFate Fate, string? Ground);

/// <summary>What becomes of one item, and why it stays if it does.</summary>
public sealed record ItemFate(ErasureFate Fate, string? Ground = null, Hold? Protection = null);

/// <summary>Which item is erased, anonymised or kept: the precedence of the policy as a pure function (R-ERASE).</summary>
public static class ErasureRules
{
    /// <summary>Whether the case says that this plan is being carried out: approved, looked at again, and begun.</summary>
    public static bool IsCarriedOut(ErasureRequest request, string plan) =>
        request.Status == CaseStatus.Erasing && request.ApprovedHash == plan;

    /// <summary>The fate of one item: a legal hold first, then a restriction, then what the map says of its data set.</summary>
    /// <param name="rule">What the map says.</param>
    /// <param name="protections">All that are in force for the person.</param>
    /// <param name="keptUntil">When the item's retention ends; null when nothing tells it.</param>
    /// <param name="at">The plan's legal instant.</param>
    public static ItemFate Decide(
        ErasureRule rule, IReadOnlyList<Hold> protections, DateTimeOffset? keptUntil, DateTimeOffset at) =>
        First(rule.DataSet, protections) is { } protection
            ? new(ErasureFate.Retain, protection.Ground, protection)
        : rule.Fate == ErasureFate.Retain && keptUntil <= at
            ? new(ErasureFate.Erase) // the time for which there was a ground is over
            : new(rule.Fate, rule.Ground);

    /// <summary>The protection that keeps a data set, if one does: the one that goes first.</summary>
    public static Hold? First(string dataSet, IReadOnlyList<Hold> protections) => protections
        .Where(protection => protection.Covers(dataSet))
        .OrderBy(protection => protection.Kind).ThenBy(protection => protection.Id, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>Whether anything of the data set can turn out to be kept.</summary>
    public static bool MayRetain(ErasureRule rule, IReadOnlyList<Hold> protections) =>
        rule.Fate == ErasureFate.Retain || First(rule.DataSet, protections) is not null;

    /// <summary>
    /// Whether another case of the same person goes before: a request that is confirmed, and whose package of their data is still to be
    /// made. Erasing first would answer it with nothing.
    /// </summary>
    public static bool GoesBefore(Case other) => other is PackagedRequest { Status: CaseStatus.Confirmed };

    /// <summary>
    /// Whether a request's last plan is carried out, so that what a hold kept from it is not looked at again by itself. While it is being
    /// carried out, the search that follows sees which holds are over by then.
    /// </summary>
    public static bool IsDecided(ErasureRequest request) => request is
    {
        PlanHash: not null, Status: CaseStatus.Erased or CaseStatus.Closed, Outcome: not (CaseOutcome.Withdrawn or CaseOutcome.Refused or CaseOutcome.NotIdentified),
    };

    /// <summary>The data sets of which that hold, and nothing before it, kept something of the plan.</summary>
    public static IReadOnlySet<string> KeptBy(ErasurePlan plan, string hold) =>
        plan.Lines.Where(line => line.Protection?.Id == hold).Select(line => line.DataSet).ToHashSet();

    /// <summary>
    /// Of two cases that go on with the same request, whether one that is being carried out leaves the directory entry to the other. While
    /// both search for the last time, each must come to the same, so their ids decide; one that still waits keeps it.
    /// </summary>
    public static bool LeavesTheDirectoryTo(ErasureRequest one, ErasureRequest other) =>
        one.Status == CaseStatus.Erasing && string.CompareOrdinal(one.Id.Value, other.Id.Value) < 0;

    /// <summary>The protections that kept something of the plan and are in force no more.</summary>
    public static IReadOnlySet<string> OverSince(ErasurePlan plan, IEnumerable<Hold> inForce) =>
        plan.Lines.Select(line => line.Protection?.Id).OfType<string>().Except(inForce.Select(each => each.Id)).ToHashSet();

    /// <summary>
    /// Whether a resumed erasure still waits for its hold: its case is stored before the hold is released, so that a crash loses
    /// neither.
    /// </summary>
    public static bool IsStillHeld(ErasureRequest request, IEnumerable<Hold> inForce) =>
        request.ResumedHold is { } hold && inForce.Any(protection => protection.Id == hold);
}
