using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Backups;

/// <summary>Looks into an opened backup for what goes with an account.</summary>
internal sealed class BackupSearch(DataMapRegister map, BackupArchive archive)
{
    /// <summary>Reads the chunks that can hold the account, until one does.</summary>
    /// <exception cref="InvalidDataException">One of them is missing or damaged.</exception>
    public async Task<BackupFinding> ForAsync(StoredManifest opened, AccountId account, CancellationToken cancellation)
    {
        var read = 0;
        foreach (var purged in PurgedSet.AllOf(map))
        {
            var part = new AccountInChunk(purged.Find, account);
            var store = BackupStore.Of(purged.Set).Name;
            foreach (var chunk in opened.Manifest.Chunks.Where(chunk => chunk.Store == store && part.MayBeIn(chunk)))
            {
                read++;
                var found = chunk.File is null
                    ? (await archive.ReadAsync(opened.Night, chunk, cancellation)).Any(part.IsLine)
                    : part.IsFile(chunk);
                if (found) return new BackupFinding.Holds(opened.Manifest.BornOn, purged.Set.Id.Value);
            }
        }

        return new BackupFinding.Gone(opened.Manifest.BornOn, read, opened.Sha256);
    }
}
