using System.Reflection;
using System.Runtime.CompilerServices;

namespace PrivacyFunctions.Tests.Contracts;

/// <summary>
/// The public and protected surface of an assembly as text: a header per type, a line per member. The words are those of
/// surface.txt; a type parameter stands bare, since reflection cannot tell T from T?.
/// </summary>
internal static class ApiSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Members by type header.</summary>
    public static SortedDictionary<string, SortedSet<string>> Of(Assembly assembly)
    {
        var surface = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var type in assembly.GetExportedTypes())
            surface.Add(Header(type), new(Members(type), StringComparer.Ordinal));
        return surface;
    }

    /// <summary>Reads a file of that form. Base types after " : " are not compared: a base may be left out of a copy.</summary>
    public static SortedDictionary<string, SortedSet<string>> Parse(IEnumerable<string> lines)
    {
        var surface = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        SortedSet<string> members = [];
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
                members.Add(line.Trim());
            else
                surface.Add(line.Split(" : ")[0], members = new(StringComparer.Ordinal));
        }

        return surface;
    }

    private static string Header(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        return $"{kind}{(IsRecord(type) ? " (record)" : "")} {TypeText.Of(type)}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");
        if (typeof(Delegate).IsAssignableFrom(type))
            return [$"{TypeText.Of(type.GetMethod("Invoke")!.ReturnType)} ({Parameters(type.GetMethod("Invoke")!)})"];
        return [.. Constructors(type), .. Properties(type), .. Methods(type), .. Fields(type)];
    }

    private static IEnumerable<string> Constructors(Type type) =>
        from constructor in type.GetConstructors(Declared)
        where Access(constructor) != "" && !constructor.IsStatic && !(IsRecord(type) && constructor.IsFamily)
        select $"{Access(constructor)} ctor({Parameters(constructor)})";

    private static IEnumerable<string> Properties(Type type) =>
        from property in type.GetProperties(Declared)
        let getter = property.GetMethod ?? property.SetMethod!
        where Access(getter) != "" && property.Name != "EqualityContract"
        let index = property.GetIndexParameters()
        let indexText = index.Length == 0 ? "" : $"[{string.Join(", ", index.Select(Parameter))}]"
        select $"{Access(getter)}{Modifier(getter)} {TypeText.Of(property)} {property.Name}{indexText} {{ get;{Setter(property)} }}";

    private static string Setter(PropertyInfo property)
    {
        if (property.SetMethod is not { } setter || Access(setter) == "")
            return "";
        var isInit = setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        return isInit ? " init;" : " set;";
    }

    private static IEnumerable<string> Methods(Type type) =>
        from method in type.GetMethods(Declared)
        where Access(method) != "" && !method.Name.Contains('<', StringComparison.Ordinal)
        let isOperator = method.Name.StartsWith("op_", StringComparison.Ordinal)
        where !method.IsSpecialName || isOperator
        where !IsRecord(type) || (!isOperator && method.Name is not ("Equals" or "GetHashCode" or "ToString" or "PrintMembers"))
        let generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : ""
        let extension = method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : ""
        select $"{Access(method)}{Modifier(method)} {TypeText.Of(method.ReturnParameter)} {method.Name}{generic}({extension}"
            + $"{Parameters(method)}){Constraints(method)}";

    private static IEnumerable<string> Fields(Type type) =>
        from field in type.GetFields(Declared)
        where field.IsPublic || field.IsFamily
        let modifier = field.IsLiteral ? " const" : field.IsStatic ? " static" : ""
        select $"{(field.IsPublic ? "public" : "protected")}{modifier} {TypeText.Of(field)} {field.Name}";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var prefix = parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "";
        var value = !parameter.HasDefaultValue ? "" : " = " + parameter.RawDefaultValue switch
        {
            null => "default",
            string text => $"\"{text}\"",
            var other => other.ToString(),
        };
        return $"{prefix}{TypeText.Of(parameter)} {parameter.Name}{value}";
    }

    private static string Constraints(MethodInfo method) => !method.IsGenericMethodDefinition ? "" : string.Concat(
        method.GetGenericArguments().Select(argument =>
        {
            var named = argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(TypeText.Of);
            var flags = argument.GenericParameterAttributes;
            string[] all = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)
                ? ["struct", .. named]
                :
                [
                    .. flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? ["class"] : (string[])[],
                    .. named,
                    .. flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) ? ["new()"] : (string[])[],
                ];
            return all.Length == 0 ? "" : $" where {argument.Name} : {string.Join(", ", all)}";
        }));

    private static string Access(MethodBase method) =>
        method.IsPublic ? "public" : method.IsFamily || method.IsFamilyOrAssembly ? "protected" : "";

    private static string Modifier(MethodBase method) =>
        method.IsStatic ? " static" : method.IsAbstract ? " abstract" : method is { IsVirtual: true, IsFinal: false } ? " virtual" : "";

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;
}
