namespace Microsoft.DurableTask.Client;

/// <summary>Which finished instances a purge takes; what is <c>null</c> does not narrow it.</summary>
/// <param name="CreatedFrom">Created at or after this instant. Note: created, not completed.</param>
/// <param name="CreatedTo">Created at or before this instant.</param>
/// <param name="Statuses">In one of these states; only finished ones are ever taken.</param>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null);
