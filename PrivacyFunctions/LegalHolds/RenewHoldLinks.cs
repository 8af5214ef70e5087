using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Terminations;

namespace PrivacyFunctions.LegalHolds;

/// <summary>
/// Renews each night what holds are found by (K-EXTEND): what the company's directory has learned of their people, and who owns the
/// accounts that are held. What leads to a hold that is released, or was never placed, goes.
/// </summary>
internal sealed class RenewHoldLinks(Holds holds, HoldLinks links, OwnersHolds owners, DirectoryLinks directory)
{
    /// <exception cref="AggregateException">Some of it failed; the rest is done.</exception>
    [Function(nameof(RenewHoldLinks))]
    public async Task RunAsync([TimerTrigger("0 0 1 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var failures = new List<Exception>();
        foreach (var part in new Func<CancellationToken, Task>[] { links.TidyAsync, NoteOwnersAsync, directory.RenewAsync })
            try
            {
                await part(cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                failures.Add(failure);
            }

        if (failures.Count > 0) throw new AggregateException(failures);
    }

    private async Task NoteOwnersAsync(CancellationToken cancellation)
    {
        await foreach (var (account, hold, since) in holds.OnAccountsAsync(cancellation))
            await owners.NoteOwnersAsync(account, hold.Id, since, cancellation);
    }
}
