namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Marks what a function gets from or gives to the runtime.</summary>
public abstract class BindingAttribute : Attribute
{
    /// <summary>A binding.</summary>
    public BindingAttribute()
    {
    }
}

/// <summary>Marks what a function gets beside its trigger.</summary>
public abstract class InputBindingAttribute : BindingAttribute
{
    /// <summary>An input.</summary>
    public InputBindingAttribute()
    {
    }
}

/// <summary>Marks what makes a function run.</summary>
public abstract class TriggerBindingAttribute : BindingAttribute
{
    /// <summary>A trigger.</summary>
    public TriggerBindingAttribute()
    {
    }
}
