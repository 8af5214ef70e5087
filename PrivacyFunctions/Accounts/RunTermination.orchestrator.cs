using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Accounts;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// The procedure of an account's end (rule L8; T-ACTIVE, T-BACKUP, T-EXPORT), from the wish to the last backup. Its history
/// holds ids and dates only; every step reads the case row again and can be repeated. Nobody else purges.
/// </summary>
internal static class RunTermination
{
    // The quarterly cleanup wakes the due ones from the start instant on; this is for those it missed.
    private static readonly TimeSpan WithoutCleanup = TimeSpan.FromHours(12);

    private static readonly TimeSpan EscalatedBefore = TimeSpan.FromDays(3);

    /// <summary>Runs one case to its end.</summary>
    [Function(nameof(RunTermination))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<TerminationInput>()!;
        var step = new CaseStep(input.CaseId);
        var procedure = new Procedure(context, input.CaseId, input.Clock);

        if (!await TookEffectAsync(procedure, input, step)) return;
        var dates = await procedure.DoAsync<TerminationInstants>(nameof(ReadTermination.ReadTerminationDates), step);

        // The owner hears at once how to undo it, and gets the account's data for as long as there is any.
        await procedure.DoAsync(nameof(TellOwner.TellTerminated), step);
        await procedure.DoAsync(nameof(PackageServiceData), step);
        await procedure.DoAsync(nameof(PackageServiceData.OfferServiceData), step);

        // The time to undo. An undo that was committed first wins.
        await procedure.WhileAsync(nameof(ReadTermination), TerminationStatus.Undoable, dates.UndoUntil);
        if (await procedure.DoAsync<TerminationStatus>(nameof(EndUndoWindow), step) == TerminationStatus.Undone)
        {
            await procedure.DoAsync(nameof(DeleteServiceExport), step);
            await procedure.DoAsync(nameof(TellOwner.TellUndone), step);
            await procedure.DoAsync(nameof(CloseTermination), step);
            return;
        }

        // The purge of the active database, early enough before its deadline; a stuck one is shown before that.
        await procedure.WhileAsync(nameof(BeginPurge), TerminationStatus.AwaitingPurge, dates.PurgeFrom + WithoutCleanup);
        await PurgeAsync(context, procedure, input, dates);

        // The month of the backups: the case closes only when none from before the purge is left.
        var backups = await procedure.DoAsync<BackupsCheck>(nameof(CheckBackups.ScheduleBackupsCheck), step);
        await procedure.UntilAsync(backups.At);
        await procedure.UntilTrueAsync(nameof(CheckBackups), step, TimeSpan.FromHours(6));

        await procedure.DoAsync(nameof(TellOwner.TellEmptied), step);
        await procedure.DoAsync(nameof(CloseTermination), step);
    }

    private static async Task<bool> TookEffectAsync(Procedure procedure, TerminationInput input, CaseStep step)
    {
        switch (input.By == TerminationBy.Company
            ? await procedure.DoAsync<TerminationStatus>(nameof(DecideForCompany), step)
            : await HearOwnerAsync(procedure, input, step))
        {
            case TerminationStatus.NotConfirmed:
                await procedure.DoAsync(nameof(TellOwner.TellNotConfirmed), step);
                await procedure.DoAsync(nameof(CloseTermination), step);
                return false;
            case TerminationStatus.Closed: // not the owner's account, or another case ends it
                await procedure.DoAsync(nameof(CloseTermination), step);
                return false;
            default: // perhaps undone already, or past it: a step that is repeated hears late
                return true;
        }
    }

    // The account's end is nobody's but its owner's to ask for, who has to press a button behind a mailed link.
    private static async Task<TerminationStatus> HearOwnerAsync(Procedure procedure, TerminationInput input, CaseStep step)
    {
        if (await procedure.DoAsync<TerminationStatus>(nameof(AskOwner), step) == TerminationStatus.AwaitingConfirmation)
            await procedure.WhileAsync(nameof(ReadTermination), TerminationStatus.AwaitingConfirmation, input.ConfirmBy);
        return await procedure.DoAsync<TerminationStatus>(nameof(GiveUpWaiting), step);
    }

    private static async Task PurgeAsync(
        TaskOrchestrationContext context, Procedure procedure, TerminationInput input, TerminationInstants dates)
    {
        var purge = context.CallSubOrchestratorAsync(
            nameof(PurgeAccount), new PurgeInput(input.CaseId, input.Version, input.Clock),
            new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:purge"));
        using var early = new CancellationTokenSource();
        var alarm = procedure.UntilAsync(dates.PurgeBy - EscalatedBefore, early.Token);
        if (await Task.WhenAny(purge, alarm) == alarm) await procedure.DoAsync(nameof(EscalatePurge), new CaseStep(input.CaseId));
        else early.Cancel();
        await purge;
    }
}
