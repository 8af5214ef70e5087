using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// An erasure request during the undo window of a termination of the person's own account, whoever decided on it, wins for
/// controller data and ends the undo. Service data waits for its purge as before.
/// </summary>
internal sealed class EndUndoWindows(
    CaseStore cases, People people, AccountOwners owners, AccountClaims claims, ErasureSubjects subjects)
{
    public static readonly Step<CaseStep> Step = new(nameof(EndUndoWindows));

    [Function(nameof(EndUndoWindows))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        // What was asked before says nothing of an account that ends now: neither an erasure that goes on, nor one whose workflow begins again.
        if (await cases.GetAsync<ErasureRequest>(step.CaseId, cancellation) is { Resumes: not null } or { PlanHash: not null }) return;
        var who = (await subjects.ReadAsync(step.CaseId, cancellation)).Now;
        foreach (var id in await TheirsAsync(who, cancellation))
            if (await cases.FindAsync(id, cancellation) is { Case: Termination { IsClosed: false } ending }
                && await IsTheirsAsync(ending, who, cancellation))
                // The termination is woken by whoever takes up its intent, within a minute.
                await cases.ExecuteAsync<Termination>(
                    id, $"end-undo-{step.CaseId}", Actors.System,
                    state => TerminationDecisions.EndUndoForErasure(state, step.CaseId), [Intent.Wake], cancellation);
    }

    // Whoever began its end, an account that was handed over since is somebody else's, who may still undo it.
    private async Task<bool> IsTheirsAsync(Termination ending, SubjectKeys who, CancellationToken cancellation) =>
        await owners.OwnerNowAsync(ending, cancellation) is not { } owner || who.Persons.Contains(owner);

    // Those that they began, and those that end an account of theirs: the company's decision names nobody who began it.
    private async Task<IReadOnlySet<CaseId>> TheirsAsync(SubjectKeys who, CancellationToken cancellation)
    {
        var found = (await people.CasesAsync(who.Addresses, cancellation)).ToHashSet();
        await foreach (var account in owners.OwnedByAsync(who, cancellation))
            found.UnionWith(await claims.HoldersAsync(account, cancellation));
        return found;
    }
}
