using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Exports;

/// <summary>
/// Deletes every hour the packages whose time is over (K-SCHEDULE), whatever the workflow of their case waits for: a mail provider
/// that is down, an operator who stopped it, a step that fails.
/// </summary>
internal sealed class DeleteDuePackages(
    PackageEnds ends, CaseStore cases, PackageEnding ending, LegalTime time, ILogger<DeleteDuePackages> log)
{
    [Function(nameof(DeleteDuePackages))]
    public async Task RunAsync([TimerTrigger("0 30 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var now = await time.NowAsync(cancellation);
        var failed = 0;
        await foreach (var end in ends.DueAsync(now, cancellation))
            if (!await TryDeleteAsync(end, now, cancellation)) failed++;
        if (failed > 0) throw new InvalidOperationException($"{failed} packages could not be ended; the next hour tries again.");
    }

    // One that cannot be deleted now must not keep the others.
    private async Task<bool> TryDeleteAsync(PackageEnd end, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            await DeleteAsync(end, now, cancellation);
            return true;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogError("The package of case {Case}, or what goes with it, cannot be ended yet: {Kind}", end.Case, failure.GetType().Name);
            return false;
        }
    }

    private async Task DeleteAsync(PackageEnd end, DateTimeOffset now, CancellationToken cancellation)
    {
        var found = (await cases.FindAsync(end.Case, cancellation))?.Case;
        if (found?.OffersExport(now) is true) return; // offered by a repetition of the step, which has an entry of its own
        if (found is { IsClosed: false, OfferedUntil: null }) return; // the step died before it said so: its repetition offers the package
        await ending.EndAsync(end.Case, cancellation);
        await ends.RemoveAsync(end, cancellation);
    }
}
