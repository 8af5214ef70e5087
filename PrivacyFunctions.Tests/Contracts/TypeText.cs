using System.Reflection;

namespace PrivacyFunctions.Tests.Contracts;

/// <summary>A type's full name in words, with "?" where the metadata allows null.</summary>
internal static class TypeText
{
    public static string Of(Type type)
    {
        if (type.IsByRef)
            return "ref " + Of(type.GetElementType()!);
        if (type.IsArray)
            return Of(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return type.Name;
        var scope = type.IsNested ? Of(type.DeclaringType!) + "." : type.Namespace is null ? "" : type.Namespace + ".";
        var name = scope + type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : name;
    }

    // A context of its own for each question: NullabilityInfoContext is not made for several threads.
    public static string Of(ParameterInfo parameter) => Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));

    public static string Of(PropertyInfo property) => Of(property.PropertyType, new NullabilityInfoContext().Create(property));

    public static string Of(FieldInfo field) => Of(field.FieldType, new NullabilityInfoContext().Create(field));

    private static string Of(Type type, NullabilityInfo nullability)
    {
        if (type.IsByRef)
            return "ref " + Of(type.GetElementType()!, nullability);
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value) + "?";
        var mark = MayBeNull(type, nullability) ? "?" : "";
        if (type.IsArray)
        {
            var element = type.GetElementType()!;
            return (nullability.ElementType is { } inner ? Of(element, inner) : Of(element)) + "[]" + mark;
        }

        var known = nullability.GenericTypeArguments;
        if (!type.IsGenericType || known.Length == 0)
            return Of(type) + mark;
        var bare = Of(type);
        var arguments = type.GetGenericArguments()
            .Select((argument, index) => index < known.Length ? Of(argument, known[index]) : Of(argument));
        return $"{bare[..bare.IndexOf('<', StringComparison.Ordinal)]}<{string.Join(", ", arguments)}>{mark}";
    }

    private static bool MayBeNull(Type type, NullabilityInfo nullability) =>
        !type.IsValueType && !type.IsGenericParameter
        && (nullability.ReadState == NullabilityState.Nullable || nullability.WriteState == NullabilityState.Nullable);
}
