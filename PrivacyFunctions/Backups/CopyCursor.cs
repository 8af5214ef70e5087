namespace PrivacyFunctions.Backups;

/// <summary>
/// How far the copying of a night is. It holds names of the copied data, which may name people: like the manifest it never
/// leaves the night's folder. Pure.
/// </summary>
/// <param name="Finished">The names of the stores that are copied.</param>
/// <param name="At">Where it is in the store under way; null when the next one is to be begun.</param>
internal sealed record CopyCursor(IReadOnlyList<string> Finished, StorePosition? At)
{
    /// <summary>Nothing is copied.</summary>
    public static CopyCursor Beginning { get; } = new([], At: null);

    /// <summary>The store to go on with: the one under way, or the first that is not copied; null when all are.</summary>
    public BackupStore? NextOf(IReadOnlyList<BackupStore> stores) =>
        stores.FirstOrDefault(store => store.Name == At?.Store) ?? stores.FirstOrDefault(store => !Finished.Contains(store.Name));

    /// <summary>Where to go on in that store.</summary>
    public StorePosition PositionIn(BackupStore store) =>
        At is { } at && at.Store == store.Name ? at : new(store.Name, Chunks: 0, Page: null, Copied: []);

    /// <summary>After a stretch of that store; a stretch without a next place was its last.</summary>
    public CopyCursor After(BackupStore store, StorePosition? next) =>
        next is null ? new([.. Finished, store.Name], At: null) : this with { At = next };
}

/// <summary>A place in a store.</summary>
/// <param name="Store">The name of the <see cref="BackupStore"/>.</param>
/// <param name="Chunks">How many chunks were made of it: the number of the next one.</param>
/// <param name="Page">The store's own mark of the page of its list to go on with; null for the first.</param>
/// <param name="Copied">What was copied of that page: names of blobs, at most a page of them. Rows go by whole pages.</param>
internal sealed record StorePosition(string Store, int Chunks, string? Page, IReadOnlyList<string> Copied);

/// <summary>What one call copied.</summary>
/// <param name="Born">The legal instant at which the copying of the night began, UTC.</param>
/// <param name="Chunks">In their order in the manifest.</param>
/// <param name="Next">Where the next call goes on.</param>
/// <param name="IsLast">Whether everything is copied.</param>
internal sealed record CopiedPart(DateTimeOffset Born, IReadOnlyList<BackupChunk> Chunks, CopyCursor Next, bool IsLast);
