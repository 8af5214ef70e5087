using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Requests.Use.Model;

namespace PrivacyFunctions.Requests.Use;

/// <summary>How the restriction ends that stands while an objection is weighed: with the grounds that override the person's.</summary>
internal sealed class UseEnd(DataMapRegister map, ArguedDecisions decisions) : IRestrictingRight
{
    /// <inheritdoc/>
    public CaseKind Kind => CaseKind.Use;

    /// <inheritdoc/>
    public string DecidedAt => "weighing";

    /// <inheritdoc/>
    public IEnumerable<DataSet> SetsOf(RestrictedRequest restricted) => map.Named((UseRequest)restricted);

    /// <inheritdoc/>
    public async Task<PersonDraft> EndsAsync(RestrictedRequest decided, DateOnly on, bool anotherStands, CancellationToken cancellation)
    {
        var weighed = (UseRequest)decided;
        var explanation = await decisions.ExplanationAsync(weighed.Id, weighed.Explanation!, cancellation);
        return new UseOverridden(weighed.Id, [.. map.Named(weighed)], explanation, on, anotherStands);
    }

    /// <inheritdoc/>
    public OfficerDraft CannotTell(RestrictedRequest decided, bool mailboxChanged) =>
        new CannotTellOfWeighing(decided.Id, IsUpheld: false, mailboxChanged);
}

/// <summary>The data sets of an objection.</summary>
internal static class UsesOfMap
{
    extension(DataMapRegister map)
    {
        /// <summary>Those whose use was stopped. One that the map has no more is not used any more.</summary>
        public IEnumerable<DataSet> Named(UseRequest stopped)
        {
            foreach (var id in UseDecisions.SetsIn(stopped.DataSets))
                if (map.TryGet(id, out var set)) yield return set;
        }
    }
}
