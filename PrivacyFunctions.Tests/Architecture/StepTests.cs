using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Tests.Architecture;

/// <summary>
/// What procedures call is what stands there: each activity has a step beside it with its name, what it takes and what it comes to. The
/// compiler then holds that each call fits its step.
/// </summary>
public class StepTests
{
    public static TheoryData<string> Activities => [.. Methods.Keys.Order()];

    private static Dictionary<string, MethodInfo> Methods { get; } = typeof(Composition).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => method.GetParameters().Any(parameter => parameter.IsDefined(typeof(ActivityTriggerAttribute))))
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);

    [Theory]
    [MemberData(nameof(Activities))]
    public void Activity_HasAStepThatFitsIt(string name)
    {
        var method = Methods[name];
        var step = Assert.Single(StepsOf(method.DeclaringType!), field => NameIn(field) == name).FieldType;
        var takes = method.GetParameters().Single(parameter => parameter.IsDefined(typeof(ActivityTriggerAttribute))).ParameterType;
        Type[] fits = ResultOf(method) is { } result ? [takes, result] : [takes];
        Assert.Equal(fits, step.GetGenericArguments());
    }

    [Fact]
    public void Steps_EachOne_NameAnActivityOfTheirClass() => Assert.All(
        typeof(Composition).Assembly.GetTypes().SelectMany(StepsOf),
        field => Assert.Equal(field.DeclaringType, Methods[NameIn(field)].DeclaringType));

    private static IEnumerable<FieldInfo> StepsOf(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(field => field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() is var step
            && (step == typeof(Step<>) || step == typeof(Step<,>)));

    private static string NameIn(FieldInfo field) =>
        (string)field.FieldType.GetProperty(nameof(Step<object>.Activity))!.GetValue(field.GetValue(null))!;

    private static Type? ResultOf(MethodInfo method) => method.ReturnType == typeof(Task) ? null
        : method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>)
            ? method.ReturnType.GetGenericArguments()[0]
            : method.ReturnType;
}
