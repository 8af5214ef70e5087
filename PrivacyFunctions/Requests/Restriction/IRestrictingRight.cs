using System.Collections.Frozen;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Restriction.Model;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>
/// What people are told when a restriction ends that a right placed. A right that restricts the use of data registers one; the steps that
/// lift it, which are the same for all of them, ask it.
/// </summary>
internal interface IRestrictingRight
{
    /// <summary>Whose restrictions it is about.</summary>
    CaseKind Kind { get; }

    /// <summary>Where operators decide what becomes of it: the last part of the route of its case.</summary>
    string DecidedAt { get; }

    /// <summary>What it covers.</summary>
    IEnumerable<DataSet> SetsOf(RestrictedRequest restricted);

    /// <summary>The restriction is going to be lifted.</summary>
    /// <param name="decided">The case.</param>
    /// <param name="on">The day on which it is lifted.</param>
    /// <param name="anotherStands">Whether others go on to restrict the same data.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<PersonDraft> EndsAsync(RestrictedRequest decided, DateOnly on, bool anotherStands, CancellationToken cancellation);

    /// <summary>It is not, because the person could not be told.</summary>
    /// <param name="decided">The case.</param>
    /// <param name="mailboxChanged">Whether the mailbox may be somebody else's by now; if not, no mail reaches it.</param>
    OfficerDraft CannotTell(RestrictedRequest decided, bool mailboxChanged);
}

/// <summary>The rights that restrict the use of data.</summary>
internal sealed class RestrictingRights(IEnumerable<IRestrictingRight> all)
{
    private readonly FrozenDictionary<CaseKind, IRestrictingRight> _all = all.ToFrozenDictionary(right => right.Kind);

    /// <exception cref="KeyNotFoundException">Requests of that kind restrict nothing.</exception>
    public IRestrictingRight Of(CaseKind kind) => _all[kind];
}
