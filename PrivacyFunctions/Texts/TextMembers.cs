using Fluid;

namespace PrivacyFunctions.Texts;

/// <summary>
/// What texts can name of a value: its properties, in camel case. What is null is false, as texts ask for it with <c>if</c>; what is no
/// property fails, where Liquid would leave a gap in the sentence.
/// </summary>
internal sealed class TextMembers : MemberAccessStrategy
{
    private readonly UnsafeMemberAccessStrategy _all = new() { MemberNameStrategy = MemberNameStrategies.CamelCase };

    /// <inheritdoc/>
    public override IMemberAccessor GetAccessor(Type type, string name) => _all.GetAccessor(type, name) is { } found
        ? new NullIsFalse(found)
        : throw new InvalidOperationException($"A text names {name}, which {type.Name} does not have.");

    /// <inheritdoc/>
    public override void Register(Type type, IEnumerable<KeyValuePair<string, IMemberAccessor>> accessors) => _all.Register(type, accessors);

    private sealed class NullIsFalse(IMemberAccessor inner) : IMemberAccessor
    {
        public object Get(object obj, string name, TemplateContext ctx) => inner.Get(obj, name, ctx) ?? false;
    }
}
