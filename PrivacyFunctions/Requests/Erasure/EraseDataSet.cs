using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Erases or anonymises the items of one data set that an approved plan lists, and no other, batch by batch, while the case says
/// that this plan is being carried out; a hold that comes stops the next batch. The ledger knows before. Each call ends after so many
/// batches, so that a crash repeats little; a repetition destroys nothing twice.
/// </summary>
internal sealed class EraseDataSet(
    DataMapRegister map, CaseStore cases, PersonalDataSources sources, PersonProtections protections, ErasureSubjects subjects,
    ErasureVault vault,
    ErasurePlans plans, ErasurePlanner planner, ErasureLedger ledger, People people)
{
    public static readonly Step<ErasePartStep, ErasedPart> Step = new(nameof(EraseDataSet));

    private const int BatchesACall = 20;

    [Function(nameof(EraseDataSet))]
    public async Task<ErasedPart> RunAsync([ActivityTrigger] ErasePartStep step, CancellationToken cancellation)
    {
        if (!ErasureRules.IsCarriedOut(await cases.GetAsync<ErasureRequest>(step.CaseId, cancellation), step.Plan))
            throw new TooEarlyException();
        var who = await subjects.ReadAsync(step.CaseId, cancellation);
        if (await protections.AnotherGoesFirstAsync(who.Now, cancellation)) return new(step.Batch, Waits: true);

        if (!map.TryGet(step.DataSet, out var set)) return new(Next: null); // it has left the map, and nobody knows how to reach it
        var plan = await plans.GetAsync(step.CaseId, step.Plan, cancellation);
        var line = plan.Destroying.Single(line => line.DataSet == step.DataSet);
        var inForce = await protections.OfAsync(who.Now, cancellation);
        if (ErasureRules.First(step.DataSet, planner.Covering(set, inForce)) is { } hold)
            return await StopAsync(step, set, who.Keys, plan, line, hold, cancellation);

        var (subject, action) = (LedgerWords.Of(people, who.Keys.Address), LedgerWords.Of(line.Fate));
        await ledger.EnterAsync(new(step.CaseId, subject, step.DataSet, action, line.Ground, line.Items, step.Plan), cancellation);

        var keptBeside = await planner.KeptBesideAsync(set, who.Keys, inForce, plan.At, cancellation);
        var next = step.Batch;
        await foreach (var listed in vault.ReadItemsAsync(step.CaseId, plan.Nonce, step.DataSet, cancellation)
            .Skip(step.Batch).Take(BatchesACall).WithCancellation(cancellation))
        {
            if (next > step.Batch)
            {
                var now = await protections.OfAsync(who.Now, cancellation);
                if (ErasureRules.First(step.DataSet, planner.Covering(set, now)) is { } late)
                    return await StopAsync(step, set, who.Keys, plan, line, late, cancellation);
                if (!now.SequenceEqual(inForce))
                    keptBeside = await planner.KeptBesideAsync(set, who.Keys, inForce = now, plan.At, cancellation);
            }

            var items = listed.Where(item => !keptBeside.ContainsKey(item)).ToList();
            if (line.Fate == ErasureFate.Erase) await sources.EraseAsync(set, who.Now, items, cancellation);
            else await sources.AnonymiseAsync(set, who.Now, items, who.AnonymisingSalt, cancellation);
            next++;
        }

        if (next == step.Batch + BatchesACall) return new(next);
        await ledger.CompleteAsync(step.CaseId, KeyOf(step, line), cancellation);
        await ExecuteAsync(step, "erased", state => ErasureDecisions.NoteErased(state, line), cancellation);
        return new(Next: null);
    }

    // What went before the hold came is gone, and is told as such.
    private async Task<ErasedPart> StopAsync(
        ErasePartStep step, DataSet set, SubjectKeys who, ErasurePlan plan, ErasureLine line, Hold hold,
        CancellationToken cancellation)
    {
        var gone = line with { Items = await GoneAsync(step, set, who, plan, line, cancellation) };
        if (gone.Items > 0) await ExecuteAsync(step, "erased", state => ErasureDecisions.NoteErased(state, gone), cancellation);
        await ledger.StopAsync(step.CaseId, KeyOf(step, line), gone.Items, cancellation);
        await ExecuteAsync(step, "held", state => ErasureDecisions.NoteHeld(state, step.DataSet, hold), cancellation);
        return new(Next: null);
    }

    // A call that broke off has noted nothing of its batches: what the plan lists and is not found any more is gone.
    private async Task<long> GoneAsync(
        ErasePartStep step, DataSet set, SubjectKeys who, ErasurePlan plan, ErasureLine line, CancellationToken cancellation)
    {
        if (!await ledger.IsEnteredAsync(step.CaseId, KeyOf(step, line), cancellation)) return 0;
        var left = await sources.FindAsync(set, who, cancellation).Select(item => item.Key).ToHashSetAsync(cancellationToken: cancellation);
        return await vault.ReadItemsAsync(step.CaseId, plan.Nonce, step.DataSet, cancellation)
            .Select(listed => (long)listed.Count(item => !left.Contains(item))).SumAsync(cancellation);
    }

    private static LedgerKey KeyOf(ErasePartStep step, ErasureLine line) => new(step.DataSet, LedgerWords.Of(line.Fate), step.Plan);

    private async Task ExecuteAsync(
        ErasePartStep step, string what, Func<ErasureRequest, Decision> decide, CancellationToken cancellation) =>
        await cases.ExecuteAsync<ErasureRequest>(
            step.CaseId, $"{what}-{step.DataSet}-{step.Plan}", Actors.System, decide, [], cancellation);
}

/// <summary>How the ledger calls what an erasure does, and to whom.</summary>
internal static class LedgerWords
{
    public static string Of(ErasureFate fate) => fate.ToString().ToLowerInvariant();

    /// <summary>A person as our records know them: keyed, never by an address.</summary>
    public static string Of(People people, EmailAddress address) => $"person-{people.KeyOf(address).Value}";
}
