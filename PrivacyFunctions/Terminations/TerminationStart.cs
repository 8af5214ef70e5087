using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Lets a termination take effect, once for each account: the owner's confirmation or the company's decision starts the
/// clock of L8. The due index is written before the case says so.
/// </summary>
internal sealed class TerminationStart(CaseStore cases, AccountOwners owners, AccountClaims claims, DueIndex due, LegalTime time)
{
    private const int Looks = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <param name="asked">The case as it waits.</param>
    /// <param name="isOwner">Whether whoever decides may: the owner, or the company.</param>
    /// <param name="at">When it takes effect; legal time.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="intents">What must follow.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <returns>The case as it stands afterwards; closed when it is not theirs, or another case ends the account already.</returns>
    /// <exception cref="AccountBeingEndedException">Another case was about to end it, and has not said so yet: try again.</exception>
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
            if (holder != asked.Id)
                return await EndsAsync(holder, cancellation)
                    ? await JoinAsync(asked.Id, holder, actor, intents, cancellation)
                    : await TakeEffectAsync(asked, isOwner, at, actor, intents, cancellation); // it is over, and the account is free

            // Whoever has the account goes through with it, even when nobody waits for the answer.
            await due.AddAsync(effect.Dates.PurgeOn, asked.Id, CancellationToken.None);
        }

        return await cases.ExecuteAsync<Termination>(
            asked.Id, "confirm", actor, state => TerminationDecisions.Confirm(state, isOwner, effect), intents, CancellationToken.None);
    }

    // A case that died between taking the account and saying so may never end it: whoever comes next is not answered by it.
    private async Task<bool> EndsAsync(CaseId holder, CancellationToken cancellation)
    {
        for (var looks = 0; looks < Looks; looks++)
        {
            var other = await cases.GetAsync<Termination>(holder, cancellation);
            if (other.IsClosed) return false;
            if (other is { Dates: not null, Status: not TerminationStatus.Undone }) return true;
            await Task.Delay(BetweenLooks, cancellation);
        }

        throw new AccountBeingEndedException();
    }

    private Task<Termination> JoinAsync(
        CaseId id, CaseId holder, string actor, IReadOnlyList<Intent> intents, CancellationToken cancellation) =>
        cases.ExecuteAsync<Termination>(
            id, "join", actor, state => TerminationDecisions.Join(state, holder), intents, cancellation);
}

/// <summary>Another case is about to end the account: whether it does is known in a few minutes.</summary>
internal sealed class AccountBeingEndedException() : Exception("Another case is about to end the account.");
