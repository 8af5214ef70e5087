using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Requests.Model;

/// <summary>Why a request is refused as a whole (GDPR art. 12(4), (5); L6).</summary>
public enum RefusalGround
{
    /// <summary>None of the grounds on which the right can be used applies, such as those of art. 17(1) while a contract needs the data.</summary>
    NoGround,

    /// <summary>It is manifestly unfounded.</summary>
    Unfounded,

    /// <summary>It is excessive, above all because it is repeated again and again.</summary>
    Excessive,
}

/// <summary>What shows that a request is manifestly unfounded or excessive: the law has us prove it (art. 12(5)).</summary>
public enum RefusalEvidence
{
    /// <summary>The same was asked before and answered.</summary>
    AskedBefore,

    /// <summary>Nothing has changed since.</summary>
    NothingChanged,

    /// <summary>The time between the requests is short, for how often such data changes.</summary>
    ShortInterval,

    /// <summary>The person has said that they mean to harm or to press us, not to use the right.</summary>
    SaidSo,

    /// <summary>They offered to take it back for an advantage.</summary>
    Bargained,
}

/// <summary>That a request was refused.</summary>
/// <param name="Ground">Why.</param>
/// <param name="Explanation">The name under which the words for the person are kept.</param>
public sealed record Refusal(RefusalGround Ground, string Explanation);

/// <summary>When a request can be refused as a whole. Pure.</summary>
public static class Refusals
{
    /// <summary>Whether it needs to be proven with that ground.</summary>
    public static bool NeedsEvidence(RefusalGround ground) => ground is not RefusalGround.NoGround;

    /// <summary>Whether an operator can refuse it now: it waits for one, nothing of it was done, nobody doubts whose it is, and what its person wrote is read.</summary>
    public static bool IsPossible(SubjectRequest request) =>
        request is { CanBeRefused: true, WaitsForOperator: true, IsUndecidable: false, Refusal: null } && RequestDecisions.MayBeWithdrawn(request);

    /// <summary>An operator refuses it; the first decision stands, and nobody approves or withdraws it any more. It is closed once the person was told.</summary>
    /// <param name="request">The case.</param>
    /// <param name="ground">Why.</param>
    /// <param name="evidence">What proves it.</param>
    /// <param name="explanation">The name under which the words for the person are kept.</param>
    /// <param name="by">The operator.</param>
    public static Decision Refuse(SubjectRequest request, RefusalGround ground, IReadOnlyList<RefusalEvidence> evidence, string explanation, string by) =>
        IsPossible(request) && !request.AwaitsAnswer && NeedsEvidence(ground) == evidence.Count > 0
            ? new Decision.Change(new CaseFact.RequestRefused(ground.ToString(), string.Join(' ', evidence), explanation, by))
            : Decision.Nothing;

    /// <summary>The person was told, or no mail reaches them and somebody has to tell them another way.</summary>
    public static Decision Close(SubjectRequest request, bool isTold) =>
        request is not { IsClosed: false, Refusal: not null } || !AttentionMarks.IsAtWork(request.Attention) ? Decision.Nothing
        : isTold ? new Decision.Change(new CaseFact.Closed(CaseOutcome.Refused))
        : new Decision.Change(new CaseFact.MailRefused("refused"), new CaseFact.Closed(CaseOutcome.Refused));
}
