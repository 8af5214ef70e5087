using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// Lets a termination take effect, once for each account: the owner's confirmation or the company's decision starts the
/// clock of L8. The due index is written before the case says so.
/// </summary>
internal sealed class TerminationStart(CaseStore cases, AccountOwners owners, AccountClaims claims, DueIndex due, LegalTime time)
{
    /// <param name="asked">The case as it waits.</param>
    /// <param name="isOwner">Whether whoever decides may: the owner, or the company.</param>
    /// <param name="at">When it takes effect; legal time.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="intents">What must follow.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <returns>The case as it stands afterwards; closed when it is not theirs, or another case ends the account already.</returns>
    public async Task<Termination> TakeEffectAsync(
        Termination asked, bool isOwner, DateTimeOffset at, string actor, IReadOnlyList<Intent> intents,
        CancellationToken cancellation)
    {
        if (asked.Status != TerminationStatus.AwaitingConfirmation) return asked;
        var effect = time.Terminate(asked.Plan, at);
        if (isOwner)
        {
            // From here on the case means this account, and no other one that gets its number.
            var account = await owners.FindAsync(asked.Account, cancellation) ?? new(Owner: null, Since: null);
            effect = effect with { AccountSince = account.Since };
            var holder = await claims.TakeAsync(asked.Account, account, asked.Id, cancellation);
            if (holder != asked.Id) return await JoinAsync(asked.Id, holder, actor, intents, cancellation);
            await due.AddAsync(effect.Dates.PurgeOn, asked.Id, cancellation);
        }

        return await cases.ExecuteAsync<Termination>(
            asked.Id, "confirm", actor, state => TerminationDecisions.Confirm(state, isOwner, effect), intents, cancellation);
    }

    private Task<Termination> JoinAsync(
        CaseId id, CaseId holder, string actor, IReadOnlyList<Intent> intents, CancellationToken cancellation) =>
        cases.ExecuteAsync<Termination>(
            id, "join", actor, state => TerminationDecisions.Join(state, holder), intents, cancellation);
}
