namespace Microsoft.DurableTask.Client;

/// <summary>Which instances a query lists; what is <c>null</c> does not narrow it.</summary>
/// <param name="CreatedFrom">Created at or after this instant.</param>
/// <param name="CreatedTo">Created at or before this instant.</param>
/// <param name="Statuses">In one of these states.</param>
/// <param name="TaskHubNames">Task hubs to look in.</param>
/// <param name="InstanceIdPrefix">With ids that begin so.</param>
/// <param name="PageSize">Instances per page.</param>
/// <param name="FetchInputsAndOutputs">Whether input, output and custom status are fetched too.</param>
/// <param name="ContinuationToken">Where to begin, from an earlier page.</param>
public record OrchestrationQuery(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null,
    IEnumerable<string>? TaskHubNames = null,
    string? InstanceIdPrefix = null,
    int PageSize = OrchestrationQuery.DefaultPageSize,
    bool FetchInputsAndOutputs = false,
    string? ContinuationToken = null)
{
    /// <summary>Instances per page unless said otherwise.</summary>
    public const int DefaultPageSize = 100;
}
