using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.LocalHost.Time;
using PrivacyFunctions.LocalHost.Worker;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>
/// An app made of functions of the tests, in Microsoft's real worker. Only what the SDK generates when it builds an app, the
/// list of its functions, is found by reflection here.
/// </summary>
internal static class TestApp
{
    public static IAppWorker WorkerWith(
        IEnumerable<Type> functions, MovableClock clock, Action<FunctionsApplicationBuilder> compose) => new InProcessWorker(
        typeof(Composition).Assembly,
        builder =>
        {
            compose(builder);
            builder.Services.AddSingleton(Describing([.. functions]));
        },
        clock);

    /// <summary>Describes functions of the tests to the worker.</summary>
    /// <param name="functions">The types that they are in.</param>
    /// <param name="besides">Describes others, which stay.</param>
    public static IFunctionMetadataProvider Describing(IReadOnlyList<Type> functions, IFunctionMetadataProvider? besides = null) =>
        new Functions(functions, besides);

    private sealed class Functions(IReadOnlyList<Type> types, IFunctionMetadataProvider? besides) : IFunctionMetadataProvider
    {
        private const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        public async Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory) =>
        [
            .. besides is null ? [] : await besides.GetFunctionMetadataAsync(directory),
            .. from type in types
               from method in type.GetMethods(Declared)
               where method.IsDefined(typeof(FunctionAttribute))
               select Describe(type, method),
        ];

        private static DefaultFunctionMetadata Describe(Type type, MethodInfo method) => new()
        {
            Name = method.GetCustomAttribute<FunctionAttribute>()!.Name,
            EntryPoint = $"{type.FullName}.{method.Name}",
            Language = "dotnet-isolated",
            ScriptFile = Path.GetFileName(type.Assembly.Location),
            RawBindings =
            [
                .. method.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes<BindingAttribute>(), Describe),
                .. method.GetParameters().Any(parameter => parameter.IsDefined(typeof(HttpTriggerAttribute)))
                    ? ["""{"name":"$return","type":"http","direction":"Out"}"""]
                    : (string[])[],
            ],
        };

        // As the SDK writes it: the attribute's name in camel case, and its properties.
        private static string Describe(ParameterInfo parameter, BindingAttribute binding)
        {
            var type = binding.GetType().Name[..^"Attribute".Length];
            var described = new Dictionary<string, object?>
            {
                ["name"] = parameter.Name,
                ["type"] = char.ToLowerInvariant(type[0]) + type[1..],
                ["direction"] = "In",
            };
            foreach (var property in binding.GetType().GetProperties().Where(property => property.DeclaringType == binding.GetType()))
                if (property.GetValue(binding) is { } value)
                    described[char.ToLowerInvariant(property.Name[0]) + property.Name[1..]] = value is Enum ? $"{value}" : value;
            return JsonSerializer.Serialize(described);
        }
    }
}
