using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Architecture;

/// <summary>docs/operators.http has a request for every route that takes a key, for every timer, and for nothing else.</summary>
public partial class OperatorsFileTests
{
    private static readonly string Requests = RepositoryFiles.Read("docs/operators.http").ReplaceLineEndings("\n");

    private static readonly IReadOnlyList<MethodInfo> Functions =
        [.. typeof(Composition).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(FunctionAttribute)))];

    [Fact]
    public void Requests_AreThoseOfTheRoutesThatTakeAKey()
    {
        var routes = Functions.Where(function => function.IsDefined(typeof(ForRolesAttribute))).SelectMany(Parameters<HttpTriggerAttribute>)
            .SelectMany(trigger => trigger.Methods!.Select(method => $"{method.ToUpperInvariant()} /{trigger.Route}"));

        Assert.Equal(routes.Order(), Sent(Route()).Where(request => !request.Contains("/admin/")).Distinct().Order());
    }

    [Fact]
    public void Timers_CanAllBeFired() => Assert.Equal(
        Functions.Where(function => Parameters<TimerTriggerAttribute>(function).Any())
            .Select(function => $"POST /admin/functions/{function.GetCustomAttribute<FunctionAttribute>()!.Name}").Order(),
        Sent(Route()).Where(request => request.Contains("/admin/")).Order());

    [Fact]
    public void Keys_AreReadFromTheEnvironment()
    {
        Assert.All(
            Key().Matches(Requests).Select(key => key.Value),
            key => Assert.Contains(key, new[] { $"{CallerKey.Header}: {{{{key}}}}", "x-functions-key: {{masterKey}}" }));
        Assert.Contains("@key = {{$processEnv ", Requests);
        Assert.Contains("@masterKey = {{$processEnv ", Requests);
    }

    private static IEnumerable<TAttribute> Parameters<TAttribute>(MethodInfo function)
        where TAttribute : Attribute =>
        function.GetParameters().Select(parameter => parameter.GetCustomAttribute<TAttribute>()).OfType<TAttribute>();

    private static IEnumerable<string> Sent(Regex request) => request.Matches(Requests)
        .Select(match => $"{match.Groups[1].Value} {Variable().Replace(match.Groups[2].Value, variable => variable.Value is "{{number}}" or "{{name}}" or "{{right}}" ? variable.Value[1..^1] : "{id}")}");

    [GeneratedRegex(@"^([A-Z]+) \{\{site\}\}(/[^\s?]*)", RegexOptions.Multiline)]
    private static partial Regex Route();

    [GeneratedRegex(@"^(?i:x-\w+-key): .*$", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex(@"\{\{\w+\}\}")]
    private static partial Regex Variable();
}
