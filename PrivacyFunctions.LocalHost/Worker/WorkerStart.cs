using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Worker.Protocol;

namespace PrivacyFunctions.LocalHost.Worker;

/// <summary>What a worker said of itself when it started.</summary>
/// <param name="HttpUri">Where it takes the requests for its HTTP functions.</param>
/// <param name="Functions">Its functions, in the order of their names, which is the order in which routes are matched.</param>
internal sealed record LoadedWorker(string? HttpUri, IReadOnlyList<WorkerFunction> Functions)
{
    private const string HostVersion = "4.1037.0";

    /// <summary>Greets the worker, asks it for its functions, and has it load each one.</summary>
    /// <param name="channel">Connected.</param>
    /// <param name="folder">Where the app's files are, host.json among them.</param>
    /// <exception cref="FunctionStartupException">Functions that this host cannot run, or that the worker cannot load; every one is
    /// named.</exception>
    /// <exception cref="WorkerGoneException">The worker ended.</exception>
    public static async Task<LoadedWorker> LoadAsync(WorkerChannel channel, string folder, CancellationToken cancellation)
    {
        var init = (await channel.AskAsync(
            new()
            {
                WorkerInitRequest = new()
                {
                    HostVersion = HostVersion, WorkerDirectory = folder, FunctionAppDirectory = folder,
                },
            },
            cancellation)).WorkerInitResponse;
        Demand(init.Result, "The worker cannot be initialised");

        var metadata = (await channel.AskAsync(
            new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = folder } }, cancellation)).FunctionMetadataResponse;
        Demand(metadata.Result, "The worker cannot tell its functions");

        var functions = Read(metadata.FunctionMetadataResults);
        var loads = await Task.WhenAll(functions.Select(function => channel.AskAsync(
            new() { FunctionLoadRequest = new() { FunctionId = function.Id, Metadata = function.Metadata } }, cancellation)));
        foreach (var (function, load) in functions.Zip(loads))
            Demand(load.FunctionLoadResponse.Result, $"Function {function.Name} cannot be loaded");
        return new(init.Capabilities.TryGetValue("HttpUri", out var uri) ? uri : null, functions);
    }

    private static IReadOnlyList<WorkerFunction> Read(IEnumerable<RpcFunctionMetadata> all)
    {
        var functions = new List<WorkerFunction>();
        var errors = new List<string>();
        foreach (var metadata in all)
        {
            try
            {
                functions.Add(WorkerFunction.Read(metadata));
            }
            catch (FunctionStartupException refused)
            {
                errors.Add(refused.Message);
            }
        }

        errors.AddRange(functions
            .GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1)
            .Select(same => $"Two functions are named {same.Key}."));
        if (errors.Count > 0)
            throw new FunctionStartupException(string.Join(Environment.NewLine, errors.Order(StringComparer.Ordinal)));
        return [.. functions.OrderBy(function => function.Name, StringComparer.Ordinal)];
    }

    private static void Demand(StatusResult result, string sentence)
    {
        if (result.Status != StatusResult.Types.Status.Success)
            throw new FunctionStartupException($"{sentence}: {result.Exception?.Message.Split('\n')[0]}");
    }
}
