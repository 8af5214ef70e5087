using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Backups;

/// <summary>
/// Copies the active data into the night's folder. A backup that is there already stays, and a copy that died goes on where
/// it stopped, with the birth at which it began.
/// </summary>
internal sealed class CopyData(NightCopy copy, BackupArchive archive, BackupLedger ledger)
{
    public static readonly Step<NightPart, NextPart> CopyPartStep = new(nameof(CopyPart));
    public static readonly Step<NightStep, BackupSize> Step = new(nameof(CopyData));

    /// <summary>Copies one part; the next one goes on from there.</summary>
    /// <returns>The number of the next part, or none when everything is copied.</returns>
    [Function(nameof(CopyPart))]
    public async Task<NextPart> CopyPart([ActivityTrigger] NightPart part, CancellationToken cancellation)
    {
        if (await archive.FindAsync(part.Night, cancellation) is not null) return NextPart.None;
        var copied = await copy.PartAsync(part.Night, part.Number, cancellation);
        return copied.IsLast ? NextPart.None : new(part.Number + 1);
    }

    /// <summary>Makes a backup of the parts, and those that are not there yet: in versions 1 and 2 of a night all of them.</summary>
    [Function(nameof(CopyData))]
    public async Task<BackupSize> RunAsync([ActivityTrigger] NightStep step, CancellationToken cancellation)
    {
        if (await archive.FindAsync(step.Night, cancellation) is null) await copy.FinishAsync(step.Night, cancellation);
        var stored = await archive.FindAsync(step.Night, cancellation)
            ?? throw new InvalidDataException("The manifest that was just written is not there.");
        await archive.SweepAsync(stored, cancellation);
        await ledger.NoteCopiedAsync(stored, cancellation);
        return new(stored.Manifest.Chunks.Count, stored.Manifest.Rows, stored.Manifest.Bytes);
    }
}
