using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>All functions of an app.</summary>
internal sealed class FunctionCatalog
{
    private readonly Dictionary<string, HostedFunction> _byName;
    private readonly Dictionary<string, HostedFunction> _orchestrators;
    private readonly Dictionary<string, HostedFunction> _activities;

    private FunctionCatalog(IReadOnlyList<HostedFunction> functions)
    {
        Functions = functions;
        _byName = functions.ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);
        _orchestrators = By(function => (function.Trigger as FunctionTrigger.Orchestration)?.Name);
        _activities = By(function => (function.Trigger as FunctionTrigger.Activity)?.Name);
    }

    /// <summary>In the order of their names, which is the order in which routes are matched.</summary>
    public IReadOnlyList<HostedFunction> Functions { get; }

    /// <summary>The methods with <see cref="FunctionAttribute"/> in an assembly, static or of classes that the container
    /// makes.</summary>
    /// <exception cref="FunctionStartupException">A function that the host cannot run; every one is named.</exception>
    public static FunctionCatalog Discover(Assembly assembly) => Discover(assembly.GetTypes());

    /// <inheritdoc cref="Discover(Assembly)"/>
    public static FunctionCatalog Discover(IEnumerable<Type> types)
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        var functions = new List<HostedFunction>();
        var errors = new List<string>();
        foreach (var method in types.SelectMany(type => type.GetMethods(Declared)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } attribute)
                continue;
            try
            {
                functions.Add(FunctionReader.Read(attribute.Name, method));
            }
            catch (FunctionStartupException refused)
            {
                errors.Add(refused.Message);
            }
        }

        var names = functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var same in names.Where(name => name.Count() > 1))
            errors.Add($"Two functions are named {same.Key}: {string.Join(" and ", same.Select(f => f.Definition.EntryPoint))}.");
        if (errors.Count > 0)
            throw new FunctionStartupException(string.Join(Environment.NewLine, errors.Order(StringComparer.Ordinal)));
        return new([.. functions.OrderBy(function => function.Name, StringComparer.Ordinal)]);
    }

    /// <summary>The function of that name, whatever its case.</summary>
    public HostedFunction? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The orchestrator started by that name, whatever its case.</summary>
    public HostedFunction? FindOrchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    /// <summary>The activity called by that name, whatever its case.</summary>
    public HostedFunction? FindActivity(string name) => _activities.GetValueOrDefault(name);

    private Dictionary<string, HostedFunction> By(Func<HostedFunction, string?> name)
    {
        var found = new Dictionary<string, HostedFunction>(StringComparer.OrdinalIgnoreCase);
        foreach (var function in Functions)
        {
            if (name(function) is { } key && !found.TryAdd(key, function))
            {
                throw new FunctionStartupException(
                    $"{found[key].Name} and {function.Name} answer to the same durable name {key}.");
            }
        }

        return found;
    }
}
