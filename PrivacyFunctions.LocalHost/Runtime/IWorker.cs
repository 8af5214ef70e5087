namespace PrivacyFunctions.LocalHost.Runtime;

/// <summary>A kind of work that waits in the database: turns or activities.</summary>
/// <typeparam name="TKey">What tells running work apart.</typeparam>
/// <typeparam name="TLease">The right to do one piece.</typeparam>
internal interface IWorker<TKey, TLease>
{
    /// <summary>Leases work that is due at that instant and not running.</summary>
    IReadOnlyList<TLease> Lease(int limit, IReadOnlyCollection<TKey> running, DateTimeOffset now);

    /// <summary>The next instant after that one at which work may become due of itself; <c>null</c> when there is none.</summary>
    DateTimeOffset? NextWake(IReadOnlyCollection<TKey> running, DateTimeOffset now);

    TKey KeyOf(TLease lease);

    /// <summary>Does the work and commits it.</summary>
    Task RunAsync(TLease lease, CancellationToken stopping);
}
