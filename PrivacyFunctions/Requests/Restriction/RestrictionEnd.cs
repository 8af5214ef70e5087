using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Restriction.Model;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>How the restriction ends that a person asked for.</summary>
internal sealed class RestrictionEnd(DataMapRegister map) : IRestrictingRight
{
    /// <inheritdoc/>
    public CaseKind Kind => CaseKind.Restriction;

    /// <inheritdoc/>
    public string DecidedAt => "lifting";

    /// <inheritdoc/>
    public IEnumerable<DataSet> SetsOf(RestrictedRequest restricted) => map.Told;

    /// <inheritdoc/>
    public Task<PersonDraft> EndsAsync(RestrictedRequest decided, DateOnly on, bool anotherStands, CancellationToken cancellation) =>
        Task.FromResult<PersonDraft>(
            new RestrictionEnds(decided.Id, ((RestrictionRequest)decided).LiftReason!.Value, on, anotherStands));

    /// <inheritdoc/>
    public OfficerDraft CannotTell(RestrictedRequest decided, bool mailboxChanged) => new CannotTellOfLifting(decided.Id, mailboxChanged);
}
